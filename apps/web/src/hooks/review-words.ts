import type { TFunction } from 'i18next'
import type { FigureFormat } from './figure-format.ts'

/** The sentences with which the book leaves a plan's draft for a person, where their facts stand. */
const noClose = /^no close of (?<name>.+) on (?<date>\d{4}-\d{2}-\d{2})$/
const tooDear = /^a unit costs more than the plan buys for on (?<date>\d{4}-\d{2}-\d{2})$/

/** Why something needs a review, in this person's language; what a person or a newer server wrote stays as it is. */
export function reviewWords(reason: string, t: TFunction, format: FigureFormat): string {
  const { name, date } = (noClose.exec(reason) ?? tooDear.exec(reason))?.groups ?? {}
  if (date === undefined) return reason
  const day = format.day(date)
  return name === undefined ? t('waiting.reason.tooDear', { day }) : t('waiting.reason.noClose', { name, day })
}
