import { type DecimalText, parseAmount } from '../../lib/base/money';

/** An amount as the service has it once it has taken it. */
export function decimal(text: string): DecimalText {
  const parsed = parseAmount(text);
  if ('rule' in parsed) {
    throw new Error(`${text} ${parsed.rule}`);
  }
  return parsed.text;
}
