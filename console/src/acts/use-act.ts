import { WalletError } from '@game-wallet/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWallet } from '../session/session';
import { type Act, faultsOf, isFilled, sentOf } from './act';
import { useDraft } from './draft';

/** After these, whether the service did it is unknown. */
const isUncertain = (error: Error): boolean =>
  error instanceof WalletError && (error.status === undefined || error.status >= 500);

/** An act as it is filled in, shown and done. What is changed meanwhile must be shown again. */
export function useAct(act: Act, onDone: (() => void) | undefined) {
  const wallet = useWallet();
  const queries = useQueryClient();
  const { draft, isOld, keep, forget } = useDraft(act);
  // What is wrong with a field is told once somebody asks for the effect.
  const [isAsked, setAsked] = useState(false);
  const call = { wallet, values: sentOf(act, draft.values), idempotencyKey: draft.idempotencyKey };
  const faults = faultsOf(act, call.values);
  const preview = useMutation({ mutationFn: () => act.preview(call) });
  const perform = useMutation({
    mutationFn: () => act.perform(call),
    onSuccess: () => {
      forget();
      // Whatever page comes next reads it again, also when nobody closes the dialog.
      void queries.invalidateQueries({ refetchType: 'none' });
      onDone?.();
    },
    onError: (error) => (isUncertain(error) ? keep({ ...draft, mayBeDone: true }) : preview.reset()),
  });
  const reset = () => {
    preview.reset();
    perform.reset();
  };
  return {
    draft,
    isOld,
    isFilled: isFilled(act, call.values),
    faults: isAsked ? faults : {},
    preview,
    perform,
    change(name: string, value: string) {
      keep({ ...draft, values: { ...draft.values, [name]: value } });
      reset();
    },
    startAnew() {
      forget();
      setAsked(false);
      reset();
    },
    ask() {
      setAsked(true);
      perform.reset();
      if (Object.keys(faults).length === 0) {
        preview.mutate();
      }
    },
  };
}
