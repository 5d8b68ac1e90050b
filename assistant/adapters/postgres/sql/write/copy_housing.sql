COPY housing (document_id, sido, sigungu, dong, households, move_in, announced, receipt_start, receipt_end, tenure,
    builder, latitude, longitude, precise, competition, lowest_score, unit_price, special, corrected, ownership) FROM STDIN (FORMAT BINARY)
