import '../../../styles/sheet.css'
import { recordedKinds } from '@pe/finance/ledger/transaction.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../../components/common/Icon.tsx'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { useToast } from '../../../components/common/toast-context.ts'
import { Skeleton } from '../../../components/common/Waiting.tsx'
import { PageState } from '../../../components/portfolio/PageState.tsx'
import { refusalWords } from '../../../hooks/refusal-words.ts'
import { useFormat } from '../../../hooks/useFormat.ts'
import { useView } from '../../../hooks/useView.ts'
import { useEditSheetMutation, useJournalInfiniteQuery } from '../../../services/journal-api.ts'
import { useAccountsQuery, useInstrumentsQuery } from '../../../services/portfolio-api.ts'
import { FirstBook } from '../FirstBook.tsx'
import { formOf, plainly } from '../form-values.ts'
import type { Vocabulary } from './resolve-row.ts'
import { SheetGrid } from './SheetGrid.tsx'
import { type SheetCells, type SheetColumn, sheetColumns } from './sheet-columns.ts'
import { isChanged, newRow, standingRow } from './sheet-rows.ts'
import { useSheet } from './useSheet.ts'
import { useVerdicts } from './useVerdicts.ts'

type Named = { readonly id: string; readonly name: string }

/** The journal as a sheet: paste from another one, change many lines, save all of it at once or nothing. */
export default function SheetPage() {
  return <PageState empty={() => <FirstBook />}>{(scope) => <Book portfolio={scope.portfolio} />}</PageState>
}

function Book({ portfolio }: { portfolio: Schema<'Portfolio'> }) {
  const { t } = useTranslation()
  const { view } = useView()
  const journal = useJournalInfiniteQuery({
    portfolioId: portfolio.id,
    ...(view.accountId ? { accountId: view.accountId } : {}),
    ...(view.instrumentId ? { instrumentId: view.instrumentId } : {}),
  })
  const accounts = useAccountsQuery({ portfolioId: portfolio.id })
  const instruments = useInstrumentsQuery({})
  const problem = journal.error ?? accounts.error ?? instruments.error
  if (problem)
    return (
      <>
        <div className="page-head">
          <h1>{t('sheet.title')}</h1>
        </div>
        <ProblemNote problem={problem as Problem} retry={journal.refetch} />
      </>
    )
  if (!journal.data || !accounts.data || !instruments.data) return <Skeleton chart={false} rows={12} />
  const laid = journal.data.pages.flatMap(({ items }) => items).filter(({ state }) => state !== 'void')
  return (
    <Sheet
      laid={laid}
      accounts={accounts.data}
      instruments={instruments.data}
      more={journal.hasNextPage ? { load: journal.fetchNextPage, busy: journal.isFetchingNextPage } : null}
    />
  )
}

interface SheetProps {
  readonly laid: readonly Schema<'Transaction'>[]
  readonly accounts: readonly Schema<'Account'>[]
  readonly instruments: readonly Schema<'Instrument'>[]
  readonly more: { readonly load: () => unknown; readonly busy: boolean } | null
}

function Sheet({ laid, accounts, instruments, more }: SheetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { search } = useView()
  const { announce } = useToast()
  const { rows, change, canUndo, canRedo } = useSheet()
  const [save, saving] = useEditSheetMutation()
  const words = useVocabulary(accounts, instruments, format.numberLocale)
  const nameOf = useCallback((id: string | null, all: readonly Named[]) => all.find((one) => one.id === id)?.name ?? '', [])

  // A page that comes in, or what was saved, is laid out anew; typed lines are kept as long as nothing is saved.
  const dirty = rows.some(isChanged)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed must not lay the sheet out again
  useEffect(() => {
    if (dirty) return
    const cellsOf = (transaction: Schema<'Transaction'>): SheetCells => {
      const form = formOf(transaction, (decimal) => plainly(decimal, format.numberLocale))
      const { date, quantity, price, amount, currency, fee, tax, note } = form
      return {
        ...{ date, quantity, price, amount, currency, fee, tax, note },
        kind: t(`kind.${form.kind}`),
        account: nameOf(transaction.accountId, accounts),
        instrument: nameOf(transaction.instrumentId, instruments),
        toAccount: nameOf(transaction.toAccountId, accounts),
      }
    }
    change({ kind: 'lay', rows: [newRow(0), newRow(0), newRow(0), ...laid.map((one) => standingRow(0, one, cellsOf(one)))] })
  }, [laid, accounts, instruments])

  const sentence = useCallback(
    ({ code, detail, facts }: Schema<'SheetVerdict'>) =>
      code ? refusalWords({ code, detail: detail ?? code, facts }, t, format) : (detail ?? ''),
    [t, format],
  )
  const state = useVerdicts(rows, words, sentence)
  const columnOf = useCallback(
    (heading: string): SheetColumn | null => {
      const said = heading.trim().toLowerCase()
      return sheetColumns.find((column) => column.toLowerCase() === said || t(`sheet.column.${column}`).toLowerCase() === said) ?? null
    },
    [t],
  )
  const { lines } = state
  const count = rows.filter(isChanged).length
  const blocked = lines === null || lines.length === 0 || state.refusedCount > 0 || saving.isLoading
  const onSave = async () => {
    if (!lines) return
    const { data } = await save(lines)
    if (!data) return
    change({ kind: 'lay', rows: [] })
    announce({ message: t('sheet.saved', { count: data.verdicts.length, number: format.count(data.verdicts.length) }) })
  }
  return (
    <>
      <div className="page-head roomy">
        <h1>{t('sheet.title')}</h1>
        <span className="muted">{t('sheet.changed', { count, number: format.count(count) })}</span>
        <span className="end">
          <button type="button" className="btn icon" disabled={!canUndo} onClick={() => change({ kind: 'undo' })} title={t('sheet.undo')}>
            ↶<span className="sr">{t('sheet.undo')}</span>
          </button>
          <button type="button" className="btn icon" disabled={!canRedo} onClick={() => change({ kind: 'redo' })} title={t('sheet.redo')}>
            ↷<span className="sr">{t('sheet.redo')}</span>
          </button>
          <button type="button" className="btn" onClick={() => change({ kind: 'add' })}>
            <Icon name="plus" small />
            {t('sheet.addLine')}
          </button>
          <Link className="btn" to={`/transactions${search}`}>
            {t('sheet.asList')}
          </Link>
          <button type="button" className="btn pri" disabled={blocked} onClick={onSave}>
            {saving.isLoading ? t('sheet.saving') : t('sheet.save')}
          </button>
        </span>
      </div>
      <p className="muted sheet-hint no-phone">{t('sheet.hint')}</p>
      {saving.error ? <ProblemNote problem={saving.error as Problem} /> : null}
      {state.problem ? <ProblemNote problem={state.problem as Problem} /> : null}
      <SheetGrid
        rows={rows}
        verdictOf={state.verdictOf}
        suggestions={{ kind: 'sheet-kinds', account: 'sheet-accounts', toAccount: 'sheet-accounts', instrument: 'sheet-instruments' }}
        onType={(place, column, text) => change({ kind: 'type', place, column, text })}
        onPaste={(place, table) => change({ kind: 'paste', place, table, columnOf })}
        onFill={(from, to, textOf) => change({ kind: 'fill', from, to, textOf })}
        onRemove={(from, to) => change({ kind: 'remove', from, to })}
        onUndo={() => change({ kind: 'undo' })}
        onRedo={() => change({ kind: 'redo' })}
      />
      <p className="sheet-foot" role="status">
        <Standing state={state} count={count} accounts={accounts} />
        {more ? (
          <button type="button" className="btn" disabled={more.busy || dirty} onClick={() => more.load()}>
            {t('transactions.more')}
          </button>
        ) : null}
      </p>
      <Suggestions id="sheet-kinds" values={recordedKinds.map((kind) => t(`kind.${kind}`))} />
      <Suggestions id="sheet-accounts" values={accounts.flatMap(({ name, archivedOn }) => (archivedOn === null ? name : []))} />
      <Suggestions id="sheet-instruments" values={instruments.map(({ name }) => name)} />
    </>
  )
}

/** What the sheet amounts to at the moment, in a sentence. */
function Standing({ state, count, accounts }: { state: ReturnType<typeof useVerdicts>; count: number; accounts: readonly Named[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (count === 0) return <span className="muted">{t('sheet.nothing')}</span>
  const { firstFault, firstProblem } = state
  if (state.faultCount > 0 || state.refusedCount > 0)
    return (
      <span className="bad">
        {firstFault ? (
          <>
            {t('sheet.faults', { count: state.faultCount, number: format.count(state.faultCount) })}
            <b className="why-refused">
              {t(firstFault.text ? 'sheet.faultOf' : 'sheet.faultOfEmpty', {
                ...{ line: firstFault.line, text: firstFault.text, why: t(`sheet.fault.${firstFault.fault}`) },
                column: t(`sheet.column.${firstFault.column}`),
              })}
            </b>
          </>
        ) : null}
        {firstProblem ? (
          <>
            {t('sheet.refused', { count: state.refusedCount, number: format.count(state.refusedCount) })}
            <b className="why-refused">{t('sheet.problemOf', { line: firstProblem.line, words: firstProblem.words })}</b>
          </>
        ) : null}
      </span>
    )
  if (state.problem) return null
  if (state.asking) return <span className="muted">{t('sheet.asking')}</span>
  const [below] = state.cashBelowZero
  if (!below) return <span className="good">{t('sheet.fits')}</span>
  const account = accounts.find(({ id }) => id === below.accountId)?.name ?? ''
  return (
    <span className="warn">
      {t('sheet.cashBelowZero', { account, date: format.day(below.from), amount: `${format.money(below.lowest)} ${below.currency}` })}
    </span>
  )
}

function Suggestions({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {[...new Set(values)].map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  )
}

/** What a person may write for a kind, an account, an instrument: its name in any of our languages, or what identifies it. */
function useVocabulary(accounts: SheetProps['accounts'], instruments: SheetProps['instruments'], locale: string): Vocabulary {
  const { t } = useTranslation()
  return useMemo(() => {
    const said = (text: string) => text.trim().toLowerCase()
    const kinds = new Map(recordedKinds.flatMap((kind) => [kind, t(`kind.${kind}`)].map((name) => [said(name), kind] as const)))
    const byName = new Map(accounts.map((account) => [said(account.name), account]))
    const byWords = new Map<string, Schema<'Instrument'>>()
    for (const key of ['name', 'symbol', 'isin', 'wkn'] as const)
      for (const one of instruments) if (one[key]) byWords.set(said(one[key]), one)
    return {
      locale,
      kindOf: (text) => kinds.get(said(text)) ?? null,
      accountOf: (text) => byName.get(said(text)) ?? null,
      instrumentOf: (text) => byWords.get(said(text)) ?? null,
    }
  }, [t, accounts, instruments, locale])
}
