import type { Schema } from '@pe/sdk/client.ts'

export type MappedContent = Schema<'Mapping'>['content']

export const mappedContents: readonly MappedContent[] = ['transactions', 'prices', 'rates']

/** The fields a column can be, as the importer of any CSV knows them (services/integration, importers/csv/fields.ts). */
export const mappingFields: Readonly<Record<MappedContent, readonly string[]>> = {
  transactions: [
    'date',
    'time',
    'kind',
    'account',
    'toAccount',
    'isin',
    'symbol',
    'wkn',
    'name',
    'quantity',
    'price',
    'amount',
    'net',
    'currency',
    'fee',
    'tax',
    'rate',
    'note',
    'id',
  ],
  prices: ['date', 'isin', 'symbol', 'name', 'close', 'currency'],
  rates: ['date', 'base', 'quote', 'rate'],
}
