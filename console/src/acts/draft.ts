import { useState } from 'react';
import type { Act, Values } from './act';

/** What was typed into the dialog of an act, until the act is done. It ends with the tab. */
export interface Draft {
  values: Values;
  /** One for the dry run and the act: whoever presses twice does it once. */
  idempotencyKey: string;
  /** There was no answer to the act. */
  mayBeDone?: boolean;
}

const PREFIX = 'wallet-console-draft ';

const newDraft = ({ fields }: Act): Draft => ({
  values: Object.fromEntries(fields.map(({ name, choices }) => [name, choices?.[0]?.value ?? ''])),
  idempotencyKey: `console-${crypto.randomUUID()}`,
});

export function useDraft(act: Act) {
  const name = `${PREFIX}${act.title} ${act.on}`;
  const [kept] = useState(() => sessionStorage.getItem(name));
  const [draft, setDraft] = useState<Draft>(() => (kept === null ? newDraft(act) : JSON.parse(kept)));
  const [isOld, setOld] = useState(kept !== null);
  return {
    draft,
    /** It was typed when the dialog was open before. */
    isOld,
    keep(next: Draft) {
      sessionStorage.setItem(name, JSON.stringify(next));
      setDraft(next);
    },
    forget() {
      sessionStorage.removeItem(name);
      setDraft(newDraft(act));
      setOld(false);
    },
  };
}

/** Of all dialogs. */
export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX)) {
      sessionStorage.removeItem(name);
    }
  }
}
