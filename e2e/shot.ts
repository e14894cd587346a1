import { openBrowser } from './stage/browser.ts'

const base = process.argv[2] ?? 'http://localhost:8090'
const b = await openBrowser()
for (const [w, h, n] of [
  [1440, 900, 'd'],
  [390, 844, 'p'],
] as const)
  for (const theme of ['light', 'dark'] as const) {
    const c = await b.newContext({ viewport: { width: w, height: h }, colorScheme: theme })
    const p = await c.newPage()
    p.on('console', (m) => {
      if (m.type() === 'error') console.log('console', m.text())
    })
    p.on('pageerror', (e) => console.log('pageerror', e.message))
    for (const [name, path] of [
      ['home', '/?period=MAX'],
      ['holdings', '/holdings?from=2014-12-31&to=2015-08-10'],
      ['performance', '/performance?period=own&from=2014-12-31&to=2015-08-10'],
      ['transactions', '/transactions'],
      ['form', '/transactions?new=1'],
      ['import', '/import'],
    ] as const) {
      if (theme === 'dark' && n === 'p' && name !== 'home') continue
      await p.goto(base + path)
      await p.waitForLoadState('networkidle')
      await p.waitForTimeout(900)
      await p.screenshot({ path: `/tmp/shots/${name}-${n}-${theme}.png`, fullPage: true })
    }
    if (n === 'd' && theme === 'light') {
      await p.goto(base + '/import')
      await p.waitForLoadState('networkidle')
      await p.setInputFiles('input[type=file]', '/work/shared/samples/portfolio-performance/kommer.xml')
      await p.waitForTimeout(2500)
      await p.screenshot({ path: `/tmp/shots/preview-d.png`, fullPage: false })
      await p.goto(base + '/import')
      await p.waitForLoadState('networkidle')
      await p.setInputFiles('input[type=file]', '/work/shared/samples/ghostfolio/invalid/invalid-multi-line.csv')
      await p.waitForTimeout(1500)
      await p.screenshot({ path: `/tmp/shots/preview-err.png`, fullPage: false })
      await p.goto(base + '/import')
      await p.waitForLoadState('networkidle')
      const fs = await import('node:fs')
      fs.writeFileSync('/tmp/odd.csv', 'Wann;Was;Wieviel;Fremd\n01.02.2025;rein;100,00;x\n03.02.2025;raus;50,00;y\n')
      await p.setInputFiles('input[type=file]', '/tmp/odd.csv')
      await p.waitForTimeout(1500)
      await p.screenshot({ path: `/tmp/shots/mapping.png`, fullPage: false })
    }
    await c.close()
  }
await b.close()
