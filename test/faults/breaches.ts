/**
 * One promise of the code each, broken on purpose: a text of a file, what stands in its place, and the tests
 * that must notice. The tests of a promise stand where its code would be looked for.
 */
export interface Breach {
  name: string;
  file: string;
  from: string;
  to: string;
  noticedBy: string[];
}

/** Finds the text that a breach takes out, however its lines are broken. */
export function placeOf({ from }: Breach): RegExp {
  const words = from.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(words.join('\\s+'));
}

type Change = [name: string, from: string, to: string];

const within = (file: string, noticedBy: string[], changes: Change[]): Breach[] =>
  changes.map(([name, from, to]) => ({ name, file, from, to, noticedBy }));

/** A law that finds nothing. */
const blind = (law: string, noticedBy = ['test/functions/reports']): Breach[] =>
  within(`sql/laws/${law}.sql`, noticedBy, [
    [`the law of ${law} finds nothing`, '\n$$;', '\n  LIMIT 0\n$$;'],
  ]);

const ERRORS = ['test/functions/errors', 'test/functions/refusals'];
const BATCH = ['test/functions/batch'];
const HOLDS = ['test/functions/holds'];
const UNDOING = ['test/functions/refund'];
const EXCHANGE = ['test/functions/exchange'];
const TRANSFER = ['test/functions/transfer'];
const ADJUSTMENT = ['test/functions/adjustment'];
const ADMIN = ['test/functions/admin'];
const LOCKS = ['test/sql/post_transaction'];
const RECONCILE = ['test/lib/app/reconcile'];

const access: Breach[] = [
  ...within(
    'sql/migrations/0001_roles.sql',
    ['test/sql/privileges'],
    [
      [
        'wallet_app posts in read committed transactions',
        "('wallet_app', 'default_transaction_isolation', 'serializable')",
        "('wallet_app', 'default_transaction_isolation', 'read committed')",
      ],
    ],
  ),
  ...within(
    'sql/migrations/0002_ledger.sql',
    ['test/sql/privileges'],
    [
      [
        'wallet_app may write entries',
        'CREATE TABLE holds',
        'GRANT INSERT ON journal TO wallet_app;\nCREATE TABLE holds',
      ],
    ],
  ),
  ...within(
    'sql/functions/require_transaction.sql',
    ['test/sql/privileges'],
    [['the isolation level is not checked', "NOT IN ('serializable', 'repeatable read')", "= 'nonsense'"]],
  ),
  ...within(
    'sql/functions/post_transaction.sql',
    ['test/sql/privileges'],
    [
      [
        'a posting does not check the isolation level',
        "NOT IN ('serializable', 'repeatable read')",
        "= 'nonsense'",
      ],
    ],
  ),
  ...within(
    'sql/functions/require_home.sql',
    ['test/sql/require_transaction'],
    [['a wrong home is accepted', 'IF p_home <> public.home_of(p_user_id) THEN', 'IF false THEN']],
  ),
  ...within(
    'sql/functions/open_balances.sql',
    ['test/sql/require_transaction'],
    [['a wrong home is accepted where a balance opens', "WHERE s.handle NOT LIKE '$%';", 'WHERE false;']],
  ),
];

const locks: Breach[] = [
  ...within('sql/functions/post_transaction.sql', LOCKS, [
    [
      "a user's row is waited for, not refused when it is busy",
      'FOR NO KEY UPDATE NOWAIT; -- end\n    EXIT',
      'FOR NO KEY UPDATE;\n    EXIT',
    ],
    [
      "a user's row is not locked before it is moved",
      'FOR NO KEY UPDATE NOWAIT; -- end\n    EXIT',
      ';\n    EXIT',
    ],
  ]),
  ...within('sql/functions/lock_balance.sql', LOCKS, [
    ['a balance is waited for, not refused when it is busy', 'FOR NO KEY UPDATE NOWAIT', 'FOR NO KEY UPDATE'],
  ]),
  ...within('sql/functions/lock_batch.sql', LOCKS, [
    ['a batch waits for a busy balance', 'FOR NO KEY UPDATE NOWAIT', 'FOR NO KEY UPDATE'],
    ['a batch does not lock its balances', '\n      FOR NO KEY UPDATE NOWAIT', ''],
  ]),
  ...within(
    'sql/functions/post_batch.sql',
    ['test/sql/post_batch'],
    [
      [
        'a batch that posted is told that it was refused',
        'IF cardinality(v_unmatched) > 0 AND',
        'IF false AND cardinality(v_unmatched) > 0 AND',
      ],
    ],
  ),
  ...within('sql/functions/post_transfer.sql', LOCKS, [
    [
      'a transfer waits for its busy receiver',
      'p_to AND b.asset_code = p_asset_code\n  FOR NO KEY UPDATE OF b NOWAIT',
      'p_to AND b.asset_code = p_asset_code\n  FOR NO KEY UPDATE OF b',
    ],
  ]),
  ...within(
    'sql/functions/open_balances.sql',
    ['test/sql/open_balance', 'test/sql/post_transaction'],
    [
      ["a balance opens beside a change of its account's status", '\n    FOR NO KEY UPDATE NOWAIT', ''],
      [
        'the opening of a balance leaves no trace on its account',
        'WHERE a.home = ANY (ARRAY[s.home])',
        'WHERE false AND a.home = ANY (ARRAY[s.home])',
      ],
    ],
  ),
  ...within(
    'sql/functions/lock_account.sql',
    ['test/sql/open_balance'],
    [
      [
        "an account's status changes beside a balance that opens",
        '\n  FOR NO KEY UPDATE NOWAIT;\n  PERFORM',
        ';\n  PERFORM',
      ],
    ],
  ),
];

const keys: Breach[] = [
  ...within(
    'sql/functions/post_transaction.sql',
    ['test/functions/wallet'],
    [
      [
        'the key is not claimed',
        'ON CONFLICT DO NOTHING;\n  IF NOT FOUND THEN',
        'ON CONFLICT DO NOTHING;\n  IF false THEN',
      ],
    ],
  ),
  ...within('sql/functions/place_hold.sql', HOLDS, [
    [
      "a hold's key is not claimed",
      'ON CONFLICT DO NOTHING;\n  IF NOT FOUND THEN',
      'ON CONFLICT DO NOTHING;\n  IF false THEN',
    ],
  ]),
  ...within('sql/functions/replay_transaction.sql', ERRORS, [
    ['a used key is not held against its request', ' AND j.request_hash = p_request_hash', ''],
  ]),
  ...within(
    'sql/functions/replay_transaction.sql',
    ['test/functions/ledger'],
    [["another key's transaction is answered when their ids collide", 'AND j.idempotency_key = p_key ', '']],
  ),
  ...within('sql/functions/post_batch.sql', BATCH, [
    [
      'a batch does not hold a used key against its request',
      '(v_row.id, v_row.idempotency_key, v_row.request_hash) <> (v_leg.id, v_leg.key, v_leg.request_hash)',
      '(v_row.id, v_row.idempotency_key) <> (v_leg.id, v_leg.key)',
    ],
    ['a batch does not know the keys that it used itself', 'v_claims[v_leg.claim_at] := v_row;', ''],
  ]),
  ...within(
    'sql/functions/post_batch.sql',
    ['test/functions/ledger'],
    [
      [
        "a batch answers another key's transaction when their ids collide",
        '(v_row.id, v_row.idempotency_key, v_row.request_hash) <> (v_leg.id, v_leg.key, v_leg.request_hash)',
        '(v_row.id, v_row.request_hash) <> (v_leg.id, v_leg.request_hash)',
      ],
    ],
  ),
  ...within(
    'lib/db/postings.ts',
    ['test/lib/db/ledger'],
    [
      [
        'a batch whose key was claimed meanwhile is not asked again',
        '!claimedMeanwhile(error) ||',
        'true ||',
      ],
    ],
  ),
];

const plainPath: Breach[] = [
  ...within('sql/functions/post_transaction.sql', ERRORS, [
    ['the available balance is not checked', '(d.account_id < 0 OR d.balance - p_amount >= d.held)', 'true'],
    ['a frozen or closed account pays on the plain path', "d.status = 'active' AND", ''],
    ['a closed account is paid on the plain path', "c.status = 'active' AND", ''],
    ['one side is not rounded to the asset', 'scale(p_amount) <= d.scale', 'true'],
    [
      'a balance grows without a limit on the plain path',
      '(c.account_id < 0 OR c.balance + p_amount < public.balance_limit(6))',
      'true',
    ],
    ['what a posting is about is not looked at', 'AND p_related_id IS NULL', ''],
  ]),
  ...within('sql/functions/post_transaction.sql', TRANSFER, [
    ['an account pays itself on the plain path', 'AND p_debit <> p_credit', ''],
    ['a fault of the other transaction is not told', 'AND p_other IS NULL', ''],
  ]),
  ...within(
    'sql/functions/post_transaction.sql',
    ['test/functions/wallet'],
    [
      [
        'the cache is not moved with the entries',
        'WHEN b.handle = p_debit THEN debit_balance',
        'WHEN b.handle = p_debit THEN b.balance',
      ],
    ],
  ),
  ...within('sql/functions/post_transaction.sql', LOCKS, [
    [
      "a user's times follow a clock that goes back",
      "greatest( clock_timestamp(), d.last_entry_at + interval '1 microsecond', " +
        "c.last_entry_at + interval '1 microsecond')",
      'clock_timestamp()',
    ],
  ]),
];

const rulebook: Breach[] = [
  ...within('sql/functions/posting_fault.sql', ERRORS, [
    ['the rule of frozen accounts is gone', "WHEN p_debit.status = 'frozen' AND", 'WHEN false AND'],
    [
      'the rule of closed accounts is gone',
      "p_debit.status = 'closed' OR p_credit.status = 'closed'",
      'false',
    ],
    ['a closed account pays', "p_debit.status = 'closed' OR ", ''],
    ['a closed account is paid', " OR p_credit.status = 'closed'", ''],
    [
      'the rule of transferable assets is gone',
      "WHEN p_kind.code = 'TRANSFER' AND NOT p_transferable",
      'WHEN false',
    ],
    ['the rule of decimals is gone', 'WHEN scale(p_amount) > p_debit.scale', 'WHEN false'],
    ['the rule of two accounts is gone', 'WHEN p_debit.account_id = p_credit.account_id', 'WHEN false'],
    ['the rule of what a posting is about is gone', 'WHEN p_related IS NOT NULL', 'WHEN false'],
    ['the rule of funds is gone', 'WHEN p_debit.account_id > 0 AND NOT p_allow_negative', 'WHEN false'],
    ['the limit of what an account owns is gone', 'WHEN p_credit.account_id > 0', 'WHEN false'],
    [
      'the limit of what an account owes is gone',
      'WHEN p_debit.account_id > 0 AND p_debit.balance - p_amount <=',
      'WHEN false AND p_debit.balance - p_amount <=',
    ],
    [
      'the rules are told out of their order',
      "WHEN scale(p_amount) > p_debit.scale THEN 'AMOUNT_PRECISION' " +
        "WHEN p_debit.account_id = p_credit.account_id THEN 'SAME_ACCOUNT'",
      "WHEN p_debit.account_id = p_credit.account_id THEN 'SAME_ACCOUNT' " +
        "WHEN scale(p_amount) > p_debit.scale THEN 'AMOUNT_PRECISION'",
    ],
  ]),
  ...within('sql/functions/posting_fault.sql', ADJUSTMENT, [
    ['a frozen account cannot be corrected', ' AND NOT p_kind.passes_frozen', ''],
  ]),
  ...within('sql/functions/posting_fault.sql', UNDOING, [
    ['nobody may be left below zero', 'AND NOT p_allow_negative ', ''],
  ]),
  ...within('sql/functions/posting_fault.sql', HOLDS, [
    ['a capture does not use what its hold reserved', 'p_debit.held - p_freed', 'p_debit.held'],
  ]),
  ...within('sql/functions/check_posting.sql', HOLDS, [
    ['an expired hold stands in the way', 'OR public.release_expired_holds(v_found.debit) = 0', 'OR true'],
  ]),
];

const related: Breach[] = [
  ...within('sql/functions/post_adjustment.sql', ADJUSTMENT, [
    [
      "another player's transaction is corrected",
      'IF v_account.id NOT IN',
      'IF false AND v_account.id NOT IN',
    ],
  ]),
  ...within('sql/functions/check_related.sql', ERRORS, [
    ['the state of a captured hold is not looked at', 'public.hold_fault(v_hold), CASE', 'NULL, CASE'],
    ['a capture may exceed its hold', 'CASE WHEN p_amount > v_hold.amount', 'CASE WHEN false'],
    [
      'anything may be refunded and reversed',
      "WHEN NOT ARRAY[original.kind, '*'] && v_relates_to",
      'WHEN false',
    ],
    [
      'a transaction is reversed twice',
      "WHEN p_kind = 'REVERSAL' AND others.amount >= original.amount",
      'WHEN false',
    ],
    [
      'a refund may exceed its purchase',
      "WHEN p_kind IN ('REFUND', 'REVERSAL') AND p_amount",
      'WHEN false AND p_amount',
    ],
  ]),
  ...within('sql/functions/check_related.sql', UNDOING, [
    [
      'refunds of a purchase are not added up',
      'p_amount + coalesce(others.amount, 0) > original.amount',
      'p_amount > original.amount',
    ],
  ]),
  ...within('sql/functions/check_related.sql', HOLDS, [
    ['a captured hold goes on reserving', 'freed := v_hold.amount;', 'freed := 0;'],
  ]),
  ...within('sql/functions/settle_posting.sql', HOLDS, [
    ['a captured hold still counts as held', 'SET held = b.held - v_related.freed', 'SET held = b.held'],
  ]),
  ...within('sql/functions/end_hold.sql', HOLDS, [
    [
      'a captured hold stays active',
      'SET status = p_status, resolved_at = v_now, transaction_id = p_transaction_id',
      'SET amount = h.amount',
    ],
  ]),
  ...within('sql/functions/hold_fault.sql', ERRORS, [
    ['a hold is captured twice', "WHEN p_hold.status = 'captured'", 'WHEN false'],
    ['a voided hold is captured', "WHEN p_hold.status = 'voided'", 'WHEN false'],
    ['a hold past its time is captured', ' OR p_hold.expires_at <= statement_timestamp()', ''],
  ]),
  ...within('sql/functions/hold_fault.sql', HOLDS, [
    ['a hold that was swept is captured', "p_hold.status = 'expired' OR ", ''],
  ]),
];

const holds: Breach[] = [
  ...within('sql/functions/read_balances.sql', HOLDS, [
    ['a hold past its time still reserves', ' AND h.expires_at > clock_timestamp()', ''],
  ]),
  ...within('sql/functions/free_held.sql', HOLDS, [
    ['what holds reserved is not freed', 'SET held = b.held - p_amount', 'SET held = b.held'],
  ]),
];

const LOTS = ['test/functions/lots'];
const lots: Breach[] = [
  ...within('sql/functions/put_lots.sql', LOTS, [
    ['alike credits are two lots', 'IF v_lot.id = v_piece.id THEN', 'IF false THEN'],
    [
      'a lot is not put in burn order',
      'IF v_key < public.burn_key(p_order, v_lots[v_i]) THEN',
      'IF false THEN',
    ],
  ]),
  ...within('sql/functions/burn_key.sql', LOTS, [
    ['a priority says nothing', 'p_lot.priority,', '0,'],
    [
      'the earliest expiry does not burn first',
      "extract(epoch FROM coalesce(p_lot.expires_at, 'infinity'))",
      '0',
    ],
    ['the oldest does not burn first', 'extract(epoch FROM p_lot.made_at)', '0'],
  ]),
  ...within('sql/functions/take_lots.sql', LOTS, [
    ['a burn does not take its share of the cost', 'v_lot.cost - v_cost', 'v_lot.cost'],
    [
      'a share of a cost is rounded',
      'div(v_lot.cost * 1000000 * v_missing, v_lot.amount) * 0.000001',
      'round(v_lot.cost * v_missing / v_lot.amount, 2)',
    ],
    ['any source will do', "OR (p_only->'sources' ? v_lot.source) IS FALSE", 'OR false'],
    ['any origin will do', "v_lot.origin::text <> p_only->>'origin'", 'false'],
  ]),
  ...within('sql/functions/make_lot.sql', LOTS, [
    ['a bonus is paid', "THEN 'paid' ELSE 'free' END", "THEN 'paid' ELSE 'paid' END"],
  ]),
  ...within('sql/functions/made_lots.sql', LOTS, [
    ['a credit makes a lot before it fills a debt', 'IF p_balance >= p_amount THEN', 'IF true THEN'],
  ]),
  ...within(
    'sql/functions/decide_lots.sql',
    ['test/functions/refusals'],
    [['a balance has lots without end', 'public.count_lots(p_credit, v_move.credit_lots) > 256', 'false']],
  ),
  ...within('sql/functions/decide_lots.sql', LOTS, [
    [
      'a debit takes what its lots do not have',
      "IF v_taking.missing > 0 AND (NOT p_allow_negative OR p_spec ? 'lotId') THEN",
      'IF false THEN',
    ],
  ]),
  ...within('sql/functions/burn_lots.sql', LOTS, [
    [
      'a capture burns others than its hold reserved',
      "p_kind = 'PURCHASE' AND p_related_id IS NOT NULL",
      'false',
    ],
    ['a reversal takes others before its own lot', "ELSIF p_kind = 'REVERSAL' THEN", 'ELSIF false THEN'],
    ['a debt leaves the lots of holds', 'IF v_taking.missing > 0 AND p_allow_negative AND', 'IF false AND'],
    ['a debit of one lot takes what holds reserve of others', " AND (p_spec ? 'lotId') IS NOT TRUE", ''],
  ]),
  ...within('sql/functions/returned_lots.sql', LOTS, [
    [
      'a refund puts back what was burned first',
      'generate_series(cardinality(j.lots), 1, -1)',
      'generate_series(1, cardinality(j.lots))',
    ],
    [
      'a refund forgets the refunds before it',
      'v_burned := (public.take_lots(v_burned, v_before, NULL)).lots;',
      'NULL;',
    ],
    ['a lot that has expired comes back as it was', 'IF v_piece.expires_at <= p_at THEN', 'IF false THEN'],
  ]),
  ...within('sql/functions/settle_lots.sql', LOTS, [
    ['a posting does not book what has expired', 'public.refresh_lots(v_debit, p_at)', 'false'],
    ['a replay takes what holds reserve', 'p_allow_negative := NOT FOUND', 'p_allow_negative := true'],
  ]),
  ...within('sql/functions/post_transfer.sql', LOTS, [
    ['what arrives in another home has no lots', "p_leg => 'to', p_lots => lots", "p_leg => 'to'"],
  ]),
  ...within('sql/functions/refresh_lots.sql', LOTS, [
    ['a burn order stays what it was', 'IF v_order = p_balance.burn_order THEN', 'IF true THEN'],
  ]),
  ...within('sql/functions/live_lots.sql', LOTS, [
    ['what has expired is told until it is booked', 'WHERE (l.expires_at <= p_at) IS NOT TRUE', ''],
    ['what a hold reserves expires', 'AND (h.expires_at > p_at OR (l', 'AND ((l'],
  ]),
  ...within('sql/functions/lapsed_at.sql', LOTS, [
    ['a balance of the past changes when expiry is booked', "j.kind = 'EXPIRY'", 'false'],
  ]),
  ...within('sql/functions/free_held.sql', LOTS, [
    ['a void keeps the lots', "coalesce(p_lots, '{}')", "'{}'"],
  ]),
  ...within('sql/functions/sweep_lots.sql', LOTS, [
    ['the sweeper waits for a busy balance', 'FOR NO KEY UPDATE SKIP LOCKED', 'FOR NO KEY UPDATE NOWAIT'],
  ]),
  ...within('sql/functions/undo_transaction.sql', LOTS, [
    ['a reversal takes no less than it wants', 'amount := least(v_wanted,', 'amount := greatest(v_wanted,'],
    ['a reversal wants more than there is', 'IF v_wanted <= v_original.rest AND', 'IF'],
  ]),
  ...within('sql/functions/credit_use.sql', LOTS, [
    ['what came later is not left over', '- greatest(later.amount, 0)', ''],
    ['what was taken back counts as spent', 'sum(taken.amount + u.rest)', 'sum(u.rest)'],
    ['what filled a debt is forgotten', 'p_credit.amount - coalesce(', 'sum(m.amount) - coalesce('],
    ['a reversal of another lot counts for this one', 'AND j.lots[1].id = m.id', ''],
    ['what has expired is spent until it is booked', 'WHERE l.expires_at <= v_now', 'WHERE false'],
  ]),
  ...within('sql/functions/lock_account.sql', LOTS, [
    [
      'an account closes over an expired lot',
      'AND public.refresh_lots(ROW(b.*)::public.balances, clock_timestamp())',
      'AND false',
    ],
  ]),
  ...['lots', 'lot_history', 'lot_pieces', 'lot_refunds'].flatMap((law) => blind(law, ['test/sql/lot_laws'])),
];

const batches: Breach[] = [
  ...within('sql/functions/post_batch.sql', BATCH, [
    [
      'a batch looks at each element as if it were the first',
      'v_balances[v_leg.debit_at] := v_debit;\n      v_balances[v_leg.credit_at] := v_credit;',
      '',
    ],
    [
      'a batch is not asked the rulebook',
      'v_fault := public.posting_fault(v_leg.kind, v_debit, v_credit, v_leg.amount, v_leg.transferable);',
      'v_fault := NULL;',
    ],
    [
      "a batch is not asked the rulebook about a transfer's receiver",
      'v_fault := public.posting_fault( v_next.kind, v_balances[v_next.debit_at], ' +
        'v_balances[v_next.credit_at], v_next.amount, v_next.transferable);',
      'v_fault := NULL;',
    ],
    [
      'a batch leaves out whom it does not know',
      'v_unopened[v_leg.debit_at], CASE WHEN v_opens IS NOT TRUE THEN v_unopened[v_leg.credit_at] END',
      'NULL',
    ],
    ['the cache is not moved with a batch', 'SET balance = n.balance', 'SET balance = b.balance'],
    [
      'a refused element does not refuse its batch',
      'IF v_failure_count > 0 AND NOT p_skip_refused THEN',
      'IF false THEN',
    ],
  ]),
  ...within('sql/functions/post_batch.sql', LOCKS, [
    [
      'the times of a batch follow a clock that goes back',
      "greatest(clock_timestamp(), v_debit.last_entry_at + interval '1 microsecond', " +
        "v_credit.last_entry_at + interval '1 microsecond')",
      'clock_timestamp()',
    ],
  ]),
  ...within(
    'sql/functions/post_batch.sql',
    ['test/sql/post_batch'],
    [
      [
        "a batch reads everybody's balances",
        'b.home = ANY (ARRAY[n.home]) AND b.handle = ANY (ARRAY[n.handle]) ' +
          'AND b.asset_code = ANY (ARRAY[n.asset_code])',
        'b.home = n.home AND b.handle = n.handle AND b.asset_code = n.asset_code',
      ],
      [
        'a batch moves though a key was claimed meanwhile',
        'IF v_written < cardinality(v_rows) THEN',
        'IF false THEN',
      ],
    ],
  ),
  ...within('sql/functions/lock_batch.sql', BATCH, [
    [
      'an expired hold stands in the way of a batch',
      '.held := v_side.held - public.release_expired_holds(balances[v_at]);',
      '.held := v_side.held;',
    ],
  ]),
  ...within('sql/functions/resolve_batch.sql', BATCH, [
    [
      'the second leg of a transfer in a batch is left out',
      "WHERE l.leg = '' OR e.to_home <> e.home",
      "WHERE l.leg = ''",
    ],
  ]),
  ...within(
    'functions/wallet/batch.ts',
    ['test/functions', 'test/lib/http'],
    [['who spends may mint in a batch', 'requireScope(', 'void (']],
  ),
];

const groups: Breach[] = [
  ...within('sql/functions/exchange_assets.sql', EXCHANGE, [
    [
      'the two sides of an exchange do not belong together',
      "p_group_id => group_id, p_leg => 'to'",
      "p_leg => 'to'",
    ],
  ]),
  ...within('sql/functions/post_transfer.sql', TRANSFER, [
    [
      'between players of one home a transfer is not asked the rulebook',
      "v_other := public.check_posting(p_home, 'TRANSFER', p_from, p_to, p_asset_code, p_amount)::text;",
      'v_other := NULL;',
    ],
    ['the second leg of a transfer is left out', 'IF NOT replayed THEN', 'IF false THEN'],
    [
      'the two legs of a transfer do not belong together',
      "p_group_id => group_id, p_leg => 'to'",
      "p_leg => 'to'",
    ],
    [
      'a receiver in another home is not asked the rulebook',
      "v_other := public.check_posting(p_to_home, 'TRANSFER', '$clearing', p_to",
      "v_other := NULL; PERFORM (p_to_home, 'TRANSFER', '$clearing', p_to",
    ],
  ]),
];

const administration: Breach[] = [
  ...within('sql/functions/set_account_status.sql', ADMIN, [
    [
      'a new status does not reach the balances',
      'UPDATE public.balances b SET status = p_status::public.account_status',
      'UPDATE public.balances b SET status = b.status',
    ],
    [
      'a closed account thaws by being frozen',
      "v_account.status = 'closed' AND p_status <> 'active'",
      'false',
    ],
    ['who froze an account is not kept', 'PERFORM public.record_act(', 'PERFORM concat('],
  ]),
  ...within('sql/functions/put_account.sql', ADMIN, [
    ['who renamed an account is not kept', 'PERFORM public.record_act(', 'PERFORM concat('],
  ]),
];

const reading: Breach[] = [
  ...within(
    'sql/functions/read_history.sql',
    ['test/sql/read_history'],
    [['a page reads the whole history', 'LIMIT p_offset + p_limit) e', ') e']],
  ),
];

const reconciliation: Breach[] = [
  ...within(
    'sql/laws/account.sql',
    ['test/functions/reports'],
    [['the law of account looks at no decimals', 'scale(e.amount) > s.scale', 'false']],
  ),
  ...['account', 'cache', 'chain', 'chart', 'conservation', 'copies'].flatMap((law) => blind(law)),
  ...['held', 'hold', 'home', 'key', 'related', 'time'].flatMap((law) => blind(law)),
  ...within(
    'sql/laws/key.sql',
    ['test/functions/reports'],
    [
      [
        'the law of key looks for no second leg',
        "WHEN j.kind = 'EXCHANGE' OR j.kind = 'TRANSFER' AND",
        'WHEN false AND',
      ],
      [
        'the law of key looks for no first leg',
        'WHEN j.idempotency_key IS NULL THEN NOT EXISTS',
        'WHEN j.idempotency_key IS NULL THEN false AND NOT EXISTS',
      ],
    ],
  ),
  ...within(
    'sql/laws/related.sql',
    ['test/functions/reports'],
    [
      [
        'the law of related adds nothing up',
        'WHERE o.id IS NULL OR r.total > o.amount',
        'WHERE false AND r.total > o.amount',
      ],
    ],
  ),
  ...within(
    'sql/laws/home.sql',
    ['test/functions/reports'],
    [['the law of home looks at no account', 'WHERE p_after IS NULL AND (a.home', 'WHERE false AND (a.home']],
  ),
  ...within('sql/functions/horizon.sql', RECONCILE, [
    ['a run passes rows that are not committed yet', 'pg_snapshot_xmin(', 'pg_snapshot_xmax('],
  ]),
  ...within(
    'lib/app/reconcile.ts',
    ['test/functions/reports'],
    [['what was found is forgotten by the next run', ' && last.discrepancies.length === 0', '']],
  ),
  ...within('sql/functions/read_reconciliation.sql', RECONCILE, [
    ['a run goes on from the numbers of another cluster', 'r.upto <= public.horizon()', 'true'],
  ]),
];

const EVENTS = ['test/functions/events'];
const events: Breach[] = [
  ...within('sql/functions/horizon.sql', EVENTS, [
    ['events pass a transaction that is still open', 'pg_snapshot_xmin(', 'pg_snapshot_xmax('],
  ]),
  ...within('sql/functions/read_events.sql', EVENTS, [
    [
      'a page begins with the event before it',
      '(j.xact, j.created_at, j.id) > (',
      '(j.xact, j.created_at, j.id) >= (',
    ],
    [
      'events of a batch come in the order of their ids',
      'ORDER BY j.xact, j.created_at, j.id',
      'ORDER BY j.xact, j.id',
    ],
    ['changes beside the journal are not told', 'WHERE c.xact < v_horizon', 'WHERE false'],
  ]),
  ...within('sql/functions/require_epoch.sql', EVENTS, [
    ['another cluster is read without a word', 'v_epoch.cluster <> public.cluster_id()', 'false'],
  ]),
  ...within('sql/functions/place_of.sql', EVENTS, [
    ['a reader of a lost time goes on past new rows', 'IF v_known < xact THEN', 'IF false THEN'],
  ]),
  ...within('sql/functions/begin_epoch.sql', EVENTS, [
    ['a copy counts anew below the old rows', 'IF v_newest >= v_now THEN', 'IF false THEN'],
    ['what was posted before the epoch began stays below', 'USING v_lift, v_now', 'USING 0, v_now'],
  ]),
  ...within('sql/functions/end_hold.sql', EVENTS, [
    [
      'the end of a hold is not told',
      'p_hold_id);',
      'p_hold_id); DELETE FROM public.changes WHERE hold_id = p_hold_id;',
    ],
  ]),
];

const TELLING = ['test/lib/http/deliver'];
const telling: Breach[] = [
  ...within('lib/http/ordered-sending.ts', TELLING, [
    ['two events of a player are on their way at once', 'groups.some((group) => busy.has(group))', 'false'],
  ]),
  ...within('sql/functions/record_deliveries.sql', TELLING, [
    ['a deliverer keeps its place without a lease', ' AND s.lease = p_lease', ''],
    ['a renewal forgets failures', 'CASE WHEN s.cursor = p_cursor THEN s.attempts ELSE 0 END', '0'],
  ]),
  ...within('sql/functions/replay_subscriber.sql', TELLING, [
    ['a replay begins beside who delivers now', 'lease = NULL', "lease = NULL, leased_until = '-infinity'"],
  ]),
  ...within('lib/app/receivers.ts', TELLING, [
    ['a queue may be any host', 'SQS_HOST.test(hostname) ? undefined', 'SQS_HOST ? undefined'],
  ]),
  ...within('lib/app/webhooks.ts', TELLING, [
    ['a name is not looked up before it is called', '!allowPrivate && !isPublic(address)', 'false'],
    ['an answer is read to its end', 'bytes > MAX_ANSWER_BYTES', 'false'],
  ]),
  ...within('lib/http/deliver.ts', TELLING, [
    [
      'an event that is refused for ever stops everybody',
      'if (isOld && failure?.refused',
      'if (false && failure?.refused',
    ],
  ]),
];

const EMBEDDED = ['test/infra/local/postgres'];
const ERASURE = ['test/functions/erasure'];
const STATEMENT = ['test/functions/statement'];
const people: Breach[] = [
  ...within(
    'infra/local/database.ts',
    ['test/infra/local/start'],
    [['the logins of all folders are alike', 'await realpath(postgres.folder)', "''"]],
  ),
  ...within('lib/db/ownership.ts', EMBEDDED, [
    ["another folder's server is joined", "current_setting('data_directory') = $2", "$2 <> ''"],
  ]),
  ...within('sql/functions/find_texts.sql', ERASURE, [
    ['texts of holds stay', 'WHERE h.home = p_home AND h.account_id = p_account_id', 'WHERE false'],
    [
      'texts of what was paid to another home stay',
      'AND o.credit_account_id < 0',
      'AND false AND o.credit_account_id < 0',
    ],
    [
      'texts of what was got from another home stay',
      'AND o.debit_account_id < 0',
      'AND false AND o.debit_account_id < 0',
    ],
  ]),
  ...within('sql/functions/record_erasure.sql', ERASURE, [
    ['reasons of acts stay', 'SET reason = NULL, before = NULL', 'SET before = NULL'],
    ['an erased person is told of in old events', 'SET data = NULL', 'SET data = data'],
  ]),
  ...within('sql/functions/erase_account.sql', ERASURE, [
    ['a parked player keeps the name', 'SET user_id = v_name', 'SET user_id = user_id'],
  ]),
  ...within('sql/functions/find_claim.sql', ERASURE, [
    [
      'the key of an erased transaction is told as free',
      'coalesce(j.idempotency_key, p_key)',
      'j.idempotency_key',
    ],
  ]),
  ...within('lib/contract/common.ts', ERASURE, [
    ['what is left of a person can be written to', "!text.startsWith('erased:')", 'true'],
  ]),
  ...within(
    'sql/functions/book_expired.sql',
    ['test/functions/lots.test'],
    [['what a hold gives back expires unseen', 'WHILE public', 'WHILE false AND public']],
  ),
  ...within(
    'lib/app/erasures.ts',
    ['test/lib/app/verify'],
    [['texts may go without an erasure', 'ids.length !== count', 'ids.length < count']],
  ),
  ...within('sql/functions/movements_between.sql', STATEMENT, [
    ['hours of whole days count twice', 'AND NOT t.starts_at <@ v_days', ''],
    [
      'what is in no total yet is left out',
      'public.read_movements(v_upto, c_last,',
      'public.read_movements(c_last, c_last,',
    ],
  ]),
  ...within('sql/functions/read_movements.sql', STATEMENT, [
    ['a transfer between homes counts twice', 'FILTER (WHERE NOT p.arrives),\n      sum(', ',\n      sum('],
  ]),
  ...blind('totals', STATEMENT),
];

const PROOFS = ['test/functions/proofs', 'test/lib/app/verify'];
const proofs: Breach[] = [
  ...within(
    'lib/base/merkle.ts',
    ['test/lib/base/merkle'],
    [['a leaf is hashed as a node is', 'const LEAF = Buffer.from([0]);', 'const LEAF = Buffer.from([1]);']],
  ),
  ...within('lib/app/checkpoints.ts', PROOFS, [
    ['a changed ledger is signed', ' || !tree.root().equals(last.root)', ''],
  ]),
  ...within('lib/app/verify.ts', PROOFS, [
    ['the verifier compares no root', " || tree.root().toString('hex') !== checkpoint.root", ''],
    ['old anchors are good enough', '> 2 * INTERVAL_MILLIS', '> 2_000_000 * INTERVAL_MILLIS'],
  ]),
  ...within(
    'lib/app/chain.ts',
    ['test/lib/app/anchors', 'test/lib/app/verify'],
    [
      ['the verifier checks no signature', 'return isSigned(checkpoint, found)', 'return true'],
      [
        'an anchor may follow another one than it names',
        'next.previous === (before?.digest ?? NO_DIGEST)',
        'true',
      ],
    ],
  ),
  ...within(
    'lib/app/explain.ts',
    ['test/lib/app/verify'],
    [['kept hashes count that nobody signed', " || tree.root().toString('hex') !== root", '']],
  ),
  ...within(
    'lib/app/anchored.ts',
    ['test/lib/app/anchors'],
    [
      [
        'another checkpoint passes for the one that is anchored',
        'kept?.digest !== checkpoint.digest',
        'false',
      ],
    ],
  ),
  ...within(
    'lib/app/bucket-anchors.ts',
    ['test/lib/app/anchors'],
    [
      [
        'the newest version of an anchor counts',
        'versionId ?? known?.versionId',
        'known?.versionId ?? versionId',
      ],
      ['an anchor may have other versions', 'count > 1', 'false'],
    ],
  ),
  ...within(
    'sql/functions/begin_epoch.sql',
    ['test/lib/app/verify'],
    [
      [
        'a copy counts on within what was signed',
        '(SELECT public.lifted(max(c.upto), -1)',
        '(SELECT max(c.upto) FILTER (WHERE false)',
      ],
      ['the erasures of a copy count anew', "'changes', 'erasures'", "'changes'"],
    ],
  ),
  ...within('lib/db/leaves.ts', PROOFS, [
    ['a leaf leaves out what callers wrote', '|| j.metadata::text', ''],
    ['a leaf leaves out whose it is', "coalesce(a.handle, '') || chr(10)", 'chr(10)'],
    [
      'a row of an unknown account has no leaf',
      'LEFT JOIN public.user_accounts a',
      'JOIN public.user_accounts a',
    ],
    ['a leaf leaves out its lots', 'CASE WHEN j.lots IS NULL THEN', 'CASE WHEN true THEN'],
  ]),
  ...within('client/src/proof.ts', PROOFS, [
    ['the client takes any version', 'if (transaction.v !== VERSION) {', 'if (false) {'],
    ['the client takes any key', 'if (hex(await sha256(key.der)) !== keyId) {', 'if (false) {'],
  ]),
];

const client: Breach[] = [
  ...within(
    'client/src/core.ts',
    ['test/client/sending'],
    [
      [
        'the client makes another key for each attempt',
        'this.#attempt<Reply>(operation, body, inner)',
        'this.#attempt<Reply>(operation, JSON.stringify(withKeys(operation.body, operation.keys ?? [])), inner)',
      ],
      ['the client asks again for a proof that is pending', 'isPassing && (', 'isPassing || ('],
    ],
  ),
  ...within(
    'client/src/time.ts',
    ['test/client/sending'],
    [['the client does not wait as it was told', 'return retryAfterMillis + ', 'return ']],
  ),
  ...within(
    'client/src/webhook.ts',
    ['test/client/webhook'],
    [
      ['the client takes any webhook', 'if (await isSigned(secret, signature, content)) {', 'if (true) {'],
      ['the client takes old webhooks', '!(age <= toleranceSeconds)', 'false'],
    ],
  ),
];

const service: Breach[] = [
  ...within(
    'lib/http/authorizer.ts',
    ['test/lib/http/authorizer'],
    [['a token made for somebody else is taken', 'audiences.includes(name)', 'true']],
  ),
  ...within(
    'lib/http/caller.ts',
    ['test/lib/http/caller'],
    [['any token may call everything', '!SCOPES[wanted].some((scope) => scopes.includes(scope))', 'false']],
  ),
  ...within(
    'lib/base/json.ts',
    ['test/lib/base/json'],
    [['a name that is given twice counts once', 'level.names.has(name)', 'false']],
  ),
  ...within(
    'lib/ledger/home.ts',
    ['test/functions/wallet'],
    [['the service computes another home than the database', '& 0x7fff', '& 0x3fff']],
  ),
  ...within(
    'lib/db/migrate.ts',
    ['test/lib/db/migrate', 'test/lib/app/migrator'],
    [
      [
        'a login whose password works is given another one at each deployment',
        'await withAdmin({ ...connection, user, password }, async () => undefined);',
        'await setPasswords(connection, { [user]: password });',
      ],
    ],
  ),
  ...within('lib/db/retry.ts', UNDOING, [
    ['contention is not retried', 'tries.contention < limits.attempts', 'tries.contention < 1'],
  ]),
  ...within(
    'lib/db/database.ts',
    ['test/functions/dry-run'],
    [['a dry run is kept', "await client.query('ROLLBACK')", "await client.query('COMMIT')"]],
  ),
  ...within(
    'lib/db/database.ts',
    ['test/lib/db/database'],
    [
      [
        'a failed query throws its connection away',
        'broken = !readFailure(error).sessionUsable ||',
        'broken = true ||',
      ],
    ],
  ),
];

const GROUPS = [
  ...[access, locks, keys, plainPath, rulebook, related, holds, lots, batches, groups],
  ...[administration, reading, reconciliation, events, telling, people, proofs, client, service],
];

export const BREACHES: Breach[] = GROUPS.flat();
