import '../../styles/import.css'
import type { Problem } from '@pe/sdk/client.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useScope } from '../../hooks/useScope.ts'
import { takeOver } from '../../services/dropped-files.ts'
import { useImportQuery, usePreviewImportMutation } from '../../services/import-api.ts'
import { type WholeBook, wholeBookIn } from '../../services/whole-book.ts'
import { FileDrop } from './FileDrop.tsx'
import { ImportSteps } from './ImportSteps.tsx'
import { PastImports } from './PastImports.tsx'
import { Preview } from './Preview.tsx'
import { Recorded } from './Recorded.tsx'
import { TakeInBook } from './TakeInBook.tsx'

/** Drop a file, look at what it would change, record it as one, take it back as one. The import that is looked at stands in the address. */
export default function ImportPage() {
  const { t } = useTranslation()
  const { importId, show } = useShownImport()
  const { take, busy, problem, book, leave } = useTaking(show)
  const [taken, setTaken] = useState(false)
  const current = useImportQuery(importId ?? '', { skip: importId === null })
  const shown = importId === null ? undefined : current.data
  const step = !shown ? 'file' : shown.state === 'committed' ? 'recorded' : shown.state === 'undone' ? 'file' : 'preview'
  return (
    <>
      <div className="page-head">
        <h1>{t('import.title')}</h1>
        <ImportSteps step={book && taken ? 'recorded' : step} />
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
      {importId !== null && current.error ? <ProblemNote problem={current.error as Problem} retry={() => show(null)} /> : null}
      {shown && step === 'preview' ? <Preview key={shown.id} of={shown} back={() => show(null)} /> : null}
      {shown && step === 'recorded' ? <Recorded of={shown} another={() => show(null)} /> : null}
      {step === 'file' && book ? <TakeInBook of={book} back={leave} onTaken={() => setTaken(true)} /> : null}
      {step === 'file' && !book ? (
        <>
          <FileDrop busy={busy} onFiles={take} />
          <PastImports onShow={show} />
        </>
      ) : null}
    </>
  )
}

function useShownImport() {
  const [params, setParams] = useSearchParams()
  const show = (id: string | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (id === null) next.delete('import')
      else next.set('import', id)
      return next
    })
  return { importId: params.get('import'), show }
}

/**
 * Hands a file in, into the portfolio that is in view or a first one of a default name; both can be changed in the preview. A whole book
 * goes its own way.
 */
function useTaking(show: (id: string) => void) {
  const { t } = useTranslation()
  const scope = useScope()
  const [preview, { isLoading, error }] = usePreviewImportMutation()
  const [waiting, setWaiting] = useState<readonly File[]>(takeOver)
  const [book, setBook] = useState<WholeBook | null>(null)
  const portfolio = scope.status === 'ready' ? scope.scope.portfolio.name : scope.status === 'empty' ? t('import.firstPortfolio') : null
  const [file] = waiting
  useEffect(() => {
    if (!file || portfolio === null) return
    setWaiting((files) => files.slice(1))
    wholeBookIn(file).then(async (found) => {
      if (found) return setBook(found)
      const answer = await preview({ file, portfolio })
      if (answer.data) show(answer.data.id)
    })
  }, [file, portfolio, preview, show])
  return {
    take: (files: readonly File[]) => setWaiting(files),
    busy: isLoading || file !== undefined,
    problem: error as Problem | undefined,
    book,
    leave: () => setBook(null),
  }
}
