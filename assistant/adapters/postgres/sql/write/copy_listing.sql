COPY listing (document_id, kinds, price, free, negotiable, status, sido, sigungu, dong, flags) FROM STDIN (FORMAT binary)
