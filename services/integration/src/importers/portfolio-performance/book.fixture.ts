import { scalesOf } from './scales.ts'

/**
 * A small book as Portfolio Performance writes it, in any version and in either flavour of references: 10,000 paid in, ten ACME bought for
 * 1,000 and a fee of 9.90 and a tax of 1, a dividend of 50 less 7.50 tax, four ACME moved to a second depot, 200 EUR turned into 220 USD,
 * two ACME sold for 220 less 5; an exchange rate kept as a security; quotes; a taxonomy.
 */
export function bookXml({ version, ids }: { version: number; ids: boolean }): string {
  const { shares, quote } = scalesOf(version)
  const modern = version > 28
  const units = (count: number): string => String(count * 10 ** shares)
  const price = (hundredths: number): string => String(hundredths * 10 ** (quote - 2))
  const at = (id: number): string => (ids ? ` id="${id}"` : '')
  const to = (id: number, path: string): string => `reference="${ids ? id : path}"`
  const money = (code: string): string => (modern ? `<currencyCode>${code}</currencyCode>` : '')
  const charges = (fee: number, tax: number): string =>
    modern
      ? `<units>${fee ? `<unit type="FEE"><amount currency="EUR" amount="${fee}"/></unit>` : ''}${tax ? `<unit type="TAX"><amount currency="EUR" amount="${tax}"/></unit>` : ''}</units>`
      : `<fees>${fee}</fees><taxes>${tax}</taxes>`
  const deposit = `<account-transaction${at(11)}><uuid>t-deposit</uuid><date>2020-01-02</date>${money('EUR')}<amount>1000000</amount><shares>0</shares><type>DEPOSIT</type></account-transaction>`
  const dividend = modern
    ? `<account-transaction${at(12)}><uuid>t-dividend</uuid><date>2020-06-01</date>${money('EUR')}<amount>4250</amount><security ${to(2, '../../../../../securities/security')}/><shares>${units(10)}</shares>${charges(0, 750)}<type>DIVIDENDS</type></account-transaction>`
    : ''
  const exchange = modern
    ? `<account-transaction${at(13)}><uuid>t-out</uuid><date>2020-07-01</date>${money('EUR')}<amount>20000</amount>
       <crossEntry class="account-transfer"${at(30)}>
         <accountFrom ${to(10, '../../../..')}/><transactionFrom ${to(13, '../..')}/>
         <accountTo${at(20)}><uuid>a-usd</uuid><name>Dollars</name><currencyCode>USD</currencyCode><isRetired>false</isRetired><transactions>
           <account-transaction${at(21)}><uuid>t-in</uuid><date>2020-07-01</date>${money('USD')}<amount>22000</amount><crossEntry class="account-transfer" ${to(30, '../../../..')}/><shares>0</shares><type>TRANSFER_IN</type></account-transaction>
         </transactions></accountTo>
         <transactionTo ${to(21, '../accountTo/transactions/account-transaction')}/>
       </crossEntry><shares>0</shares>
       <units><unit type="GROSS_VALUE"><amount currency="EUR" amount="20000"/><forex currency="USD" amount="22000"/><exchangeRate>0.9090909091</exchangeRate></unit></units>
       <type>TRANSFER_OUT</type></account-transaction>`
    : ''
  const sale = `<portfolio-transaction${at(44)}><uuid>t-sell</uuid><date>2020-09-01T15:30</date>${money('EUR')}<amount>21500</amount><security ${to(2, '../../../../../../../../../securities/security')}/>
      <crossEntry class="buysell"${at(46)}>
        <portfolio ${to(40, '../../../..')}/><portfolioTransaction ${to(44, '../..')}/><account ${to(10, '../../../../../../../..')}/>
        <accountTransaction${at(45)}><uuid>t-sell-cash</uuid><date ${ids ? 'id="99">2020-09-01T15:30</date>' : 'reference="../../../date"/>'}${money('EUR')}<amount>21500</amount><security ${to(2, '../../../../../../../../../../../securities/security')}/><crossEntry class="buysell" ${to(46, '../..')}/><shares>0</shares><type>SELL</type></accountTransaction>
      </crossEntry><shares>${units(2)}</shares>${charges(500, 0)}<type>SELL</type></portfolio-transaction>`
  const purchase = `<account-transaction${at(14)}><uuid>t-buy-cash</uuid><date>2020-01-03</date>${money('EUR')}<amount>101090</amount><security ${to(2, '../../../../../securities/security')}/>
    <crossEntry class="buysell"${at(31)}>
      <portfolio${at(40)}><uuid>p-1</uuid><name>Cash</name><isRetired>false</isRetired><referenceAccount ${to(10, '../../../../..')}/><transactions>
        <portfolio-transaction${at(41)}><uuid>t-buy</uuid><date>2020-01-03</date>${money('EUR')}<amount>101090</amount><security ${to(2, '../../../../../../../../../securities/security')}/><crossEntry class="buysell" ${to(31, '../../../..')}/><shares>${units(10)}</shares>${charges(990, 100)}<type>BUY</type></portfolio-transaction>
        <portfolio-transaction${at(42)}><uuid>t-move</uuid><date>2020-08-01</date>${money('EUR')}<amount>44000</amount><security ${to(2, '../../../../../../../../../securities/security')}/>
          <crossEntry class="portfolio-transfer"${at(32)}>
            <portfolioFrom ${to(40, '../../../..')}/><transactionFrom ${to(42, '../..')}/>
            <portfolioTo${at(50)}><uuid>p-2</uuid><name>Second</name><isRetired>true</isRetired><referenceAccount ${to(10, '../../../../../../../../..')}/><transactions>
              <portfolio-transaction${at(51)}><uuid>t-moved</uuid><date>2020-08-01</date>${money('EUR')}<amount>44000</amount><security ${to(2, '../../../../../../../../../../../../../securities/security')}/><crossEntry class="portfolio-transfer" ${to(32, '../../../..')}/><shares>${units(4)}</shares>${charges(0, 0)}<type>TRANSFER_IN</type></portfolio-transaction>
            </transactions></portfolioTo>
            <transactionTo ${to(51, '../portfolioTo/transactions/portfolio-transaction')}/>
          </crossEntry><shares>${units(4)}</shares>${charges(0, 0)}<type>TRANSFER_OUT</type></portfolio-transaction>
        ${sale}
      </transactions></portfolio>
      <portfolioTransaction ${to(41, '../portfolio/transactions/portfolio-transaction')}/><account ${to(10, '../../../..')}/><accountTransaction ${to(14, '../..')}/>
    </crossEntry><shares>0</shares><type>BUY</type></account-transaction>`
  // 60.5 % of ACME are shares of Europe, all of the cash account is cash; nothing is assigned to the root
  const up = (steps: number): string => '../'.repeat(steps)
  const assigned = (kind: string, reference: string, weight: number) =>
    `<assignment><investmentVehicle class="${kind}" ${reference}/><weight>${weight}</weight><rank>0</rank></assignment>`
  const node = (id: string, name: string, children: string, assignments: string, rank: number) =>
    `<classification><id>${id}</id><name>${name}</name><color>#5757ff</color><parent ${to(70, '../../..')}/><children>${children}</children><assignments>${assignments}</assignments><weight>0</weight><rank>${rank}</rank></classification>`
  const europe = node('k-europe', 'Europe', '', assigned('security', to(2, `${up(10)}securities/security`), 6050), 0)
  const cash = node('k-cash', 'Cash', '', assigned('account', to(10, `${up(8)}accounts/account`), 10000), 1)
  const taxonomies = `<taxonomies><taxonomy><id>kinds</id><name>Kinds</name><root${at(70)}><id>kinds</id><name>Kinds</name><children>${cash}${node('k-shares', 'Shares', europe, '', 0)}</children><assignments/></root></taxonomy></taxonomies>`
  const cashOfSale = '../account-transaction[2]/crossEntry/portfolio/transactions/portfolio-transaction[3]/crossEntry/accountTransaction'
  const dollars = `../account/transactions/account-transaction[${modern ? 4 : 3}]/crossEntry/accountTo`
  return `<?xml version="1.0" encoding="UTF-8"?>
<client${at(1)}>
  <version>${version}</version>
  ${modern ? '<baseCurrency>EUR</baseCurrency>' : ''}
  <securities>
    <security${at(2)}><uuid>s-acme</uuid><name>ACME &amp; Söhne</name>${money('EUR')}<isin>DE0005190003</isin><tickerSymbol>ACM.DE</tickerSymbol>
      <prices${at(90)}><price${at(91)} t="2020-01-02" v="${price(10000)}"/><price${at(92)} t="2020-01-03" v="${price(10050)}"/></prices>
      <latest${at(93)} t="2020-01-03" v="${price(10100)}"><high>0</high></latest><attributes><map/></attributes><isRetired>false</isRetired></security>
    <security${at(3)}><uuid>s-copy</uuid><name>Copy</name>${money('GBX')}<prices><price ${to(91, '../../../security/prices/price')}/><price ${to(92, '../../../security/prices/price[2]')}/></prices><isRetired>false</isRetired></security>
    ${modern ? `<security${at(4)}><uuid>s-fx</uuid><name>EUR/USD</name><currencyCode>EUR</currencyCode><targetCurrencyCode>USD</targetCurrencyCode><prices><price t="2020-01-02" v="${price(112)}"/></prices></security>` : ''}
  </securities>
  <watchlists><watchlist><name>mine</name></watchlist></watchlists>
  <accounts>
    <account${at(10)}><uuid>a-eur</uuid><name>Cash</name>${money('EUR')}<isRetired>false</isRetired><transactions>
      ${deposit}${purchase}${dividend}${exchange}<account-transaction ${to(45, cashOfSale)}/>
    </transactions></account>
    ${modern ? `<account ${to(20, dollars)}/>` : ''}
  </accounts>
  <portfolios>
    <portfolio ${to(40, '../../accounts/account/transactions/account-transaction[2]/crossEntry/portfolio')}/>
    <portfolio ${to(50, '../../accounts/account/transactions/account-transaction[2]/crossEntry/portfolio/transactions/portfolio-transaction[2]/crossEntry/portfolioTo')}/>
  </portfolios>
  <plans/>${taxonomies}<properties/>
</client>`
}
