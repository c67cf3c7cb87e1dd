-- The id that a key claims in a home: 28 hex digits of the SHA-256 of the key's text, two of them set to 8 to
-- make a uuid of version 8 (RFC 9562), and the home as four more. A dependent transaction of the key, such as
-- the second of an exchange, has the id of the key, a line feed and its name; no key can hold a line feed.
-- TypeScript computes the same (lib/ledger/home.ts); a property test holds the two equal. It inlines (see
-- home_of).
CREATE OR REPLACE FUNCTION public.id_of(p_home integer, p_key text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (overlay(overlay(substr(encode(sha256(convert_to(p_key, 'UTF8')), 'hex'), 1, 28)
    PLACING '8' FROM 13) PLACING '8' FROM 17) || lpad(to_hex(p_home), 4, '0'))::uuid
$$;
