DELETE FROM document_source WHERE document_id NOT IN (SELECT id FROM document)
