import { currency } from '../money/currency.ts'

/** Who and what the random books are about: sixty days, four accounts, five currencies, six instruments. */
export const firstDay = 20_500
export const lastDay = firstDay + 60
export const accounts = ['Broker', 'Depot', 'Giro', 'Margin'] as const
/** Only there may sales go below nothing. */
export const allowsShorts = (accountId: string): boolean => accountId === 'Margin'
export const currencies = ['EUR', 'USD', 'JPY', 'GBP', 'KWD'].map(currency)
/** The last two mostly come by spin-offs, rights and mergers. */
export const instruments = [
  { id: 'fund', unit: 'EUR' },
  { id: 'share', unit: 'USD' },
  { id: 'pence', unit: 'GBX' },
  { id: 'yen', unit: 'JPY' },
  { id: 'spun', unit: 'USD' },
  { id: 'right', unit: 'EUR' },
] as const
