-- Which notice is superseded by which, of all notices. Notices of one name, district and tenure in the order of their
-- announcement: each that is no correction begins a round of its own, and of a round only the newest is valid. So a
-- correction takes the place of what it corrects, and not of an earlier sale of the same complex.
WITH one AS (
    SELECT d.id, (d.name_ko, h.sigungu, h.dong, h.tenure) AS complex, coalesce(h.announced, '-infinity') AS announced, h.corrected
    FROM document d JOIN housing h ON h.document_id = d.id
), related AS (
    SELECT * FROM one WHERE complex IN (SELECT complex FROM one WHERE corrected)
), round AS (
    SELECT *, count(*) FILTER (WHERE NOT corrected) OVER (PARTITION BY complex ORDER BY announced, corrected, id) AS number
    FROM related
), newest AS (
    SELECT id, first_value(id) OVER (PARTITION BY complex, number ORDER BY announced DESC, corrected DESC, id DESC) AS newest
    FROM round
), wanted AS (
    SELECT d.id, nullif(newest.newest, d.id) AS superseded_by FROM document d LEFT JOIN newest USING (id)
    WHERE d.domain = 'housing'
)
UPDATE document SET superseded_by = wanted.superseded_by
FROM wanted
WHERE wanted.id = document.id AND document.superseded_by IS DISTINCT FROM wanted.superseded_by
RETURNING document.id
