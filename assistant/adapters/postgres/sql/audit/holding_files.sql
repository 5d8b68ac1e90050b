SELECT path FROM source_file UNION SELECT path FROM document_source
