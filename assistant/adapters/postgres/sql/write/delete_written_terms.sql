-- What only notices brought along goes with the last of them.
DELETE FROM term WHERE origin = '(written)' AND NOT EXISTS (SELECT FROM document WHERE domain = 'housing')
