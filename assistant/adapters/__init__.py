"""What stands behind the ports: the only room that knows psycopg, openai, LangChain and llama.cpp."""
