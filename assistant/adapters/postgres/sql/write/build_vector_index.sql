SELECT build_vector_index(%s)
