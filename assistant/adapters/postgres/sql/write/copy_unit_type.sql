COPY unit_type (document_id, label, area, supply_area, units, top_price) FROM STDIN (FORMAT BINARY)
