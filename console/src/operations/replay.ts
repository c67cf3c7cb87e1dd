import type { Act } from '../acts/act';

/** The cursor before every event. */
const BEGINNING = '0'.repeat(80);

export const replay = (name: string): Act => ({
  title: 'Replay',
  about: 'Tells the subscriber again what was committed after a cursor. Receivers know events by their ids.',
  fields: [
    {
      name: 'after',
      label: 'After the cursor',
      kind: 'text',
      initial: BEGINNING,
      description: 'The sequence of an event. Zeros: from the beginning.',
    },
  ],
  preview: async ({ wallet, values: { after = '' } }) => {
    const { subscribers } = await wallet.subscribers.list();
    const { events } = await wallet.events.list({ after, limit: 1 });
    return {
      facts: [
        ['Subscriber', name],
        ['Its cursor now', subscribers.find((one) => one.name === name)?.cursor],
        ['Its cursor afterwards', after],
        ['The first event told again', events[0] ? `${events[0].type} at ${events[0].time}` : 'none'],
      ],
    };
  },
  perform: async ({ wallet, values: { after = '' } }) => {
    const { cursor } = await wallet.subscribers.replay(name, { after });
    return {
      facts: [
        ['Subscriber', name],
        ['Its cursor', cursor],
      ],
    };
  },
});
