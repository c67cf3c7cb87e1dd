-- What a credit adds to a player's lots, of the pieces that it moves: what the player owed is filled with the
-- first of them. p_balance: the player's, after the credit.
CREATE OR REPLACE FUNCTION public.made_lots(p_pieces public.lot[], p_amount numeric, p_balance numeric)
  RETURNS public.lot[]
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF p_balance >= p_amount THEN
    RETURN p_pieces;
  END IF;
  RETURN (public.take_lots(p_pieces, least(p_amount - p_balance, p_amount), NULL)).lots;
END $$;
