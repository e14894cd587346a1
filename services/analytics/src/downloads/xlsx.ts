import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { type Cell, withoutFormula } from './cell.ts'
import { zipOf } from './zip.ts'

/** 1970-01-01 in the days that spreadsheets count from 1899-12-30. */
const epoch = 25_569
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A workbook with one sheet (ECMA-376): the names of the columns in bold and frozen, texts in the cells, numbers as numbers, days as days. */
export function workbookOf(name: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): Buffer {
  const title = columns.map((value, at) => textCell(value, ref(at, 1), 1)).join('')
  let [lines, line] = [`<row r="1">${title}</row>`, 1]
  for (const row of rows) {
    line += 1
    lines += `<row r="${line}">${row.map((cell, at) => cellOf(cell, ref(at, line))).join('')}</row>`
  }
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  const view = `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
  const widths = '<cols><col min="1" max="1" width="32" customWidth="1"/></cols>'
  return zipOf([
    { name: '[Content_Types].xml', text: contentTypes },
    { name: '_rels/.rels', text: rels([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      text: `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: rels([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', text: styles },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `${head}<worksheet xmlns="${main}">${view}${widths}<sheetData>${lines}</sheetData></worksheet>`,
    },
  ])
}

function cellOf({ type, value }: Cell, place: string): string {
  if (value === '') return ''
  if (type === 'number') return `<c r="${place}"><v>${value}</v></c>`
  if (type === 'day') return `<c r="${place}" s="2"><v>${dayNumber(plainDate(value)) + epoch}</v></c>`
  return textCell(withoutFormula(value), place, 0)
}

function textCell(value: string, place: string, style: number): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

/** A1, B1 … Z1: tables here have at most 26 columns. */
function ref(column: number, row: number): string {
  return `${String.fromCharCode(65 + column)}${row}`
}

/** XML 1.0 knows no other control characters than these three. */
function escaped(text: string): string {
  const told = Array.from(text).filter((sign) => sign >= ' ' || sign === '\t' || sign === '\n' || sign === '\r')
  return told.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function rels(targets: readonly (readonly [string, string])[]): string {
  const list = targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${relations}/${type}" Target="${target}"/>`)
  return `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
}

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const contentTypes = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`

/** Looks of cells by number: 0 plain, 1 bold, 2 a day as the reader's language writes it. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`
