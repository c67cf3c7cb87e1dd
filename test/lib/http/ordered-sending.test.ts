import type { Message } from '../../../lib/app/receivers';
import type { WalletEvent } from '../../../lib/contract/events';
import { OrderedSending } from '../../../lib/http/ordered-sending';

test('a request holds as many messages as fit, and a message that is too large goes alone', async () => {
  const events = [100, 100, 900, 5_000, 100].map((size, index) => ({
    id: String(index),
    sequence: String(index),
    type: 'wallet.hold.placed',
    data: { userId: `user_${index}`, filling: 'ä'.repeat(size / 2) },
  })) as unknown as WalletEvent[];
  const sent: string[][] = [];
  const receiver = {
    batch: 10,
    bytes: 1_000,
    requests: 1,
    send: async (messages: Message[]) => {
      sent.push(messages.map(({ id }) => id));
      return messages.map(() => undefined);
    },
    close: () => undefined,
  };
  const run = new OrderedSending(events, receiver);
  await run.run(() => true);
  expect(run.isDone).toBe(true);
  expect(sent).toEqual([['0', '1'], ['2'], ['3'], ['4']]);
});
