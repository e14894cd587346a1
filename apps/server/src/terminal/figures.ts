import type { Schema } from '@pe/sdk/client.ts'

/** '4131.99' → '4,131.99', to at least two places; an unknown one as its reason. The text is never made a number. */
export function moneyText({ amount, reason }: Schema<'MoneyFigure'>): string {
  return amount === null ? unknown(reason) : decimalText(amount, 2)
}

export function decimalText(text: string, places = 0): string {
  const [whole = '0', fraction = ''] = text.split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
  const shown = fraction.replace(/0+$/, '').padEnd(places, '0')
  return shown ? `${grouped}.${shown}` : grouped
}

/** 0.1041737743 → '10.42 %' */
export function ratioText({ value, reason }: { value: number | null; reason?: string | undefined }): string {
  return value === null ? unknown(reason) : `${(value * 100).toFixed(2)} %`
}

function unknown(reason: string | undefined): string {
  return reason ? `? (${reason})` : '?'
}

/** '1 row', '2 rows', '1,200 rows'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${decimalText(String(count))} ${count === 1 ? one : many}`
}
