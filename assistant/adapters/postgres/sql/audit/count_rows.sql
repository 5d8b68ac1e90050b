SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM housing) + (SELECT count(*) FROM listing)
     + (SELECT count(*) FROM unit_type) + (SELECT count(*) FROM nearby) + (SELECT count(*) FROM chunk)
     + (SELECT count(*) FROM embedding) + (SELECT count(*) FROM posting)
