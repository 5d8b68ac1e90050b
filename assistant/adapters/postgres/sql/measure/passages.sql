SELECT c.id, c.text, e.centred FROM chunk c JOIN embedding e ON e.chunk_id = c.id ORDER BY c.id
