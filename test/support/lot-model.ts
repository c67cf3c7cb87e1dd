/** What a lot is like; costs are in millionths. */
export interface Lot {
  origin: 'paid' | 'free';
  source: string | null;
  priority: number;
  /** Milliseconds since the epoch; null: never. */
  expiresAt: number | null;
  costs: boolean;
  amount: number;
  cost: number;
  made: number;
}

export type Order = 'expiring-first' | 'free-first' | 'paid-first';
export type Only = { origin?: 'paid' | 'free'; sources?: string[] };

interface Hold {
  amount: number;
  lots: Lot[];
  createdAt: number;
  expiresAt: number;
}

interface Spent {
  /** Unit by unit would be the simplest: these are runs of units, in the order in which they were burned. */
  pieces: Lot[];
  left: number;
}

interface Credited {
  like: Lot;
  left: number;
}

const alike = (one: Lot, other: Lot): boolean =>
  one.origin === other.origin &&
  one.source === other.source &&
  one.priority === other.priority &&
  one.expiresAt === other.expiresAt &&
  one.costs === other.costs;

/** A player's balance of one asset with lots, in plain TypeScript: what SQL must do, said another way. */
export class LotModel {
  now = 0;
  debt = 0;
  lots: Lot[] = [];
  holds = new Map<string, Hold>();
  spent: (Spent & { id: string })[] = [];
  credits: (Credited & { id: string })[] = [];
  private age = 0;

  constructor(
    readonly order: Order,
    readonly graceMillis: number,
  ) {}

  get balance(): number {
    const held = [...this.holds.values()].flatMap(({ lots }) => lots);
    return sum(this.lots) + sum(held) - this.debt;
  }

  get held(): number {
    return [...this.holds.values()].reduce((total, { amount }) => total + amount, 0);
  }

  /** Time has come to `now`. */
  tick(now: number): void {
    this.now = now;
    for (const [id, hold] of this.holds) {
      if (hold.expiresAt <= now) {
        this.holds.delete(id);
        this.put(hold.lots);
      }
    }
    this.lots = this.lots.filter((lot) => !this.isExpired(lot));
  }

  /** In the order in which they burn, held ones among them. */
  live(): { lot: Lot; held: number }[] {
    const live: { lot: Lot; held: number }[] = [];
    const add = (lot: Lot, held: number): void => {
      const known = live.find((row) => alike(row.lot, lot));
      if (known) {
        // What is held does not burn, so it counts only where all of the lot is held.
        const isHeld = known.lot.amount === known.held;
        known.lot.made = isHeld ? Math.min(known.lot.made, lot.made) : known.lot.made;
        known.lot.amount += lot.amount;
        known.lot.cost += lot.cost;
        known.held += held;
      } else {
        live.push({ lot: { ...lot }, held });
      }
    };
    for (const lot of this.lots) {
      add(lot, 0);
    }
    for (const lot of [...this.holds.values()].flatMap(({ lots }) => lots)) {
      add(lot, lot.amount);
    }
    return live.sort((one, other) => this.compare(one.lot, other.lot));
  }

  credit(id: string, lot: Omit<Lot, 'made'>): void {
    const piece = { ...lot, made: this.age++ };
    this.credits.push({ id, like: piece, left: piece.amount });
    this.receive([piece]);
  }

  spend(id: string, amount: number, only: Only = {}): boolean {
    if (this.balance - amount < this.held || sum(this.matching(only)) < amount) {
      return false;
    }
    this.spent.push({ id, pieces: this.take(this.matching(only), amount), left: amount });
    return true;
  }

  /** Of an adjustment. */
  burn(amount: number, of?: Lot): boolean {
    const lots = this.matching({}).filter((lot) => of === undefined || alike(lot, of));
    if (this.balance - amount < this.held || sum(lots) < amount) {
      return false;
    }
    this.take(lots, amount);
    return true;
  }

  place(id: string, amount: number, millis: number, only: Only = {}): boolean {
    if (this.balance - amount < this.held || sum(this.matching(only)) < amount) {
      return false;
    }
    const lots = this.take(this.matching(only), amount);
    this.holds.set(id, { amount, lots, createdAt: this.now, expiresAt: this.now + millis });
    return true;
  }

  capture(id: string, purchase: string, amount: number): string | undefined {
    const hold = this.holds.get(id);
    if (hold === undefined) {
      return 'HOLD_EXPIRED';
    }
    if (amount > hold.amount) {
      return 'CAPTURE_EXCEEDS_HOLD';
    }
    if (this.balance - amount < this.held - hold.amount) {
      return 'INSUFFICIENT_FUNDS';
    }
    this.holds.delete(id);
    const pieces = cut(hold.lots, amount);
    this.put(hold.lots.filter((lot) => lot.amount > 0));
    const missing = amount - sum(pieces);
    pieces.push(...this.take(this.matching({}), missing));
    this.spent.push({ id: purchase, pieces, left: amount });
    this.tick(this.now);
    return undefined;
  }

  void(id: string): void {
    const hold = this.holds.get(id);
    this.holds.delete(id);
    this.put(hold?.lots ?? []);
    this.tick(this.now);
  }

  refund(index: number, amount: number): void {
    const purchase = this.spent[index] as Spent;
    purchase.left -= amount;
    const returned: Lot[] = [];
    for (let missing = amount; missing > 0; ) {
      const last = purchase.pieces.at(-1) as Lot;
      const [piece] = cut([last], missing) as [Lot];
      missing -= piece.amount;
      returned.push(piece);
      if (last.amount === 0) {
        purchase.pieces.pop();
      }
    }
    this.receive(
      returned.map((piece) =>
        this.isExpired(piece) ? { ...piece, expiresAt: this.now + this.graceMillis } : piece,
      ),
    );
  }

  /** What it took; undefined: refused. */
  reverse(
    index: number,
    wanted: number,
    mode: 'reject' | 'allow-negative' | 'take-what-is-left',
  ): number | undefined {
    const credit = this.credits[index] as Credited;
    const available = this.balance - this.held;
    const amount = mode === 'take-what-is-left' && available > 0 ? Math.min(wanted, available) : wanted;
    if (mode !== 'allow-negative' && available < amount) {
      return undefined;
    }
    credit.left -= amount;
    const own = this.take(
      this.lots.filter((lot) => alike(lot, credit.like)),
      amount,
    );
    const others = this.take(this.matching({}), amount - sum(own));
    let missing = amount - sum(own) - sum(others);
    const oldestFirst = [...this.holds].sort(
      ([one, { createdAt }], [other, held]) => createdAt - held.createdAt || (one < other ? -1 : 1),
    );
    for (const [, hold] of oldestFirst) {
      missing -= sum(cut(hold.lots, missing));
      hold.lots = hold.lots.filter((lot) => lot.amount > 0);
    }
    this.debt += missing;
    return amount;
  }

  /** Pieces come to the player: first they fill what is owed. */
  receive(pieces: Lot[]): void {
    const filled = Math.min(this.debt, sum(pieces));
    this.debt -= filled;
    cut(pieces, filled);
    this.put(pieces.filter((piece) => piece.amount > 0));
  }

  private put(pieces: Lot[]): void {
    for (const piece of pieces) {
      const known = this.lots.find((lot) => alike(lot, piece));
      if (known) {
        known.amount += piece.amount;
        known.cost += piece.cost;
        known.made = Math.min(known.made, piece.made);
      } else {
        this.lots.push({ ...piece });
      }
    }
    this.lots.sort((one, other) => this.compare(one, other));
  }

  private matching({ origin, sources }: Only): Lot[] {
    return this.lots.filter(
      (lot) =>
        (origin === undefined || lot.origin === origin) &&
        (sources === undefined || (lot.source !== null && sources.includes(lot.source))),
    );
  }

  take(lots: Lot[], amount: number): Lot[] {
    const pieces = cut(lots, amount);
    this.lots = this.lots.filter((lot) => lot.amount > 0);
    return pieces;
  }

  private isExpired({ expiresAt }: Lot): boolean {
    return expiresAt !== null && expiresAt <= this.now;
  }

  private compare(one: Lot, other: Lot): number {
    const first = this.order === 'free-first' ? 'free' : 'paid';
    const byOrigin = (lot: Lot): number => (lot.origin === first ? 0 : 1);
    const byExpiry = ({ expiresAt }: Lot): number => expiresAt ?? Number.MAX_SAFE_INTEGER;
    const keys = (lot: Lot): number[] =>
      this.order === 'expiring-first'
        ? [lot.priority, byExpiry(lot), lot.origin === 'free' ? 0 : 1, lot.made]
        : [lot.priority, byOrigin(lot), byExpiry(lot), lot.made];
    const [mine, theirs] = [keys(one), keys(other)];
    const at = mine.findIndex((key, index) => key !== theirs[index]);
    return at < 0 ? 0 : (mine[at] ?? 0) - (theirs[at] ?? 0);
  }
}

export function sum(lots: Lot[]): number {
  return lots.reduce((total, { amount }) => total + amount, 0);
}

/** Cuts an amount off the lots, from the first on, and answers the pieces; as much as there is. */
function cut(lots: Lot[], amount: number): Lot[] {
  const pieces: Lot[] = [];
  let missing = amount;
  for (const lot of lots) {
    const taken = Math.min(lot.amount, missing);
    if (taken > 0) {
      const cost = taken === lot.amount ? lot.cost : Math.floor((lot.cost * taken) / lot.amount);
      pieces.push({ ...lot, amount: taken, cost });
      lot.amount -= taken;
      lot.cost -= cost;
      missing -= taken;
    }
  }
  return pieces;
}
