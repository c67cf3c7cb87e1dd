/** The decimals of each asset. An asset that is not known yet is shown as the wire has it. */
const scales = new Map<string, number>();

export function learnScales(assets: { assetCode: string; scale: number }[]): void {
  for (const { assetCode, scale } of assets) {
    scales.set(assetCode, scale);
  }
}

function textOf(amount: number | string, minimumFractionDigits: number): string {
  const format = new Intl.NumberFormat('en', { minimumFractionDigits, maximumFractionDigits: 20 });
  return format.format(String(amount) as Intl.StringNumericLiteral).replace('-', '−');
}

/** A number of things, with its thousands apart. */
export const countText = (count: number | string): string => textOf(count, 0);

/** An amount, number or text, with the decimals of its asset. Nothing is computed. No amount: no text. */
export const amountText = (amount: number | string | undefined, assetCode: string): string =>
  amount === undefined ? '' : textOf(amount, scales.get(assetCode) ?? 0);

/** With its asset. */
export const moneyText = (amount: number | string, assetCode: string): string =>
  `${amountText(amount, assetCode)} ${assetCode}`;

/** As it moved a balance: a credit adds, a debit takes. */
export const movedText = (
  entryType: 'debit' | 'credit',
  amount: number | string,
  assetCode: string,
): string => `${entryType === 'credit' ? '+' : '−'}${moneyText(amount, assetCode)}`;
