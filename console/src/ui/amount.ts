const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

/** An amount as the wire has it, number or text, with its thousands apart. Nothing is computed. */
export function amountText(amount: number | string): string {
  return exact.format(String(amount) as Intl.StringNumericLiteral).replace('-', '−');
}

/** With its asset. */
export const moneyText = (amount: number | string, assetCode: string): string =>
  `${amountText(amount)} ${assetCode}`;

/** As it moved a balance: a credit adds, a debit takes. */
export const movedText = (entryType: 'debit' | 'credit', amount: number | string): string =>
  `${entryType === 'credit' ? '+' : '−'}${amountText(amount)}`;
