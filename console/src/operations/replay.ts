import type { Act } from '../acts/act';
import { timeText } from '../ui/time';

/** The cursor before every event. */
const BEGINNING = '0'.repeat(80);

const placeOf = ({ where, after = '' }: Record<string, string>): string =>
  where === 'beginning' ? BEGINNING : after;

export const replay = (name: string): Act => ({
  title: 'Replay',
  on: name,
  about: 'Sends events again, all that come after a place. Receivers know an event by its id.',
  need: 'admin',
  fields: [
    {
      name: 'where',
      label: 'From where',
      kind: 'choice',
      choices: [
        { value: '', label: 'Choose one' },
        { value: 'after', label: 'After a cursor' },
        { value: 'beginning', label: 'From the beginning: every event there ever was' },
      ],
    },
    {
      name: 'after',
      label: 'Cursor',
      kind: 'text',
      description:
        'The sequence of the last event that is not sent again: 80 digits and letters from a to f.',
      isFor: ({ where }) => where === 'after',
      fault: (cursor) =>
        /^[0-9a-f]{80}$/.test(cursor) ? undefined : 'A cursor has 80 digits and letters from a to f.',
    },
  ],
  preview: async ({ wallet, values }) => {
    const { events } = await wallet.events.list({ after: placeOf(values), limit: 1 });
    const [first] = events;
    return {
      facts: [
        ['Subscriber', name],
        ['The first event after it', first ? `${first.type} of ${timeText(first.time)}` : 'none'],
        ['What that means', 'All events after this place are sent again.'],
      ],
    };
  },
  perform: async ({ wallet, values }) => {
    await wallet.subscribers.replay(name, { after: placeOf(values) });
    return {
      facts: [
        ['Subscriber', name],
        ['What that means', 'All events after this place are being sent again.'],
      ],
    };
  },
});
