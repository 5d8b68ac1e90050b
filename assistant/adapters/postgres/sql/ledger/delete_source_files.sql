DELETE FROM source_file WHERE path = ANY(%s)
