/** A small book that needs no file of others: a deposit, two purchases, a sale, a dividend, a fee. */
export const ownBook = {
  name: 'book.csv',
  text: `date,kind,account,name,isin,quantity,price,amount,currency,fee,note
2024-01-02,deposit,Depot,,,,,10000,EUR,,start
2024-01-03,buy,Depot,Acme,DE0007164600,10,100,,EUR,5,
2024-02-05,buy,Depot,Boreas,FR0000131104,20,50,,EUR,4.50,
2024-03-04,dividend,Depot,Acme,DE0007164600,,,12.40,EUR,,
2024-05-06,sell,Depot,Acme,DE0007164600,4,115,,EUR,3,
2024-06-03,fee,Depot,,,,,9.90,EUR,,custody
`,
}

/** What Acme and Boreas closed at. */
export const ownPrices = {
  name: 'prices.csv',
  text: `date,isin,close,currency
2024-01-03,DE0007164600,100,EUR
2024-02-05,DE0007164600,104,EUR
2024-03-29,DE0007164600,110,EUR
2024-06-28,DE0007164600,120,EUR
2024-02-05,FR0000131104,50,EUR
2024-04-15,FR0000131104,46,EUR
2024-06-28,FR0000131104,53,EUR
`,
}

/** Something whose price nobody knows, and a row that cannot be read. */
export const unpricedBook = {
  name: 'unpriced.csv',
  text: `date,kind,account,name,isin,quantity,price,amount,currency,fee,note
2024-01-02,deposit,Attic,,,,,1000,EUR,,start
2024-01-03,buy,Attic,Cirrus,NL0010273215,10,7.50,,EUR,,
`,
}

export const faultyBook = {
  name: 'faulty.csv',
  text: `date,kind,account,name,isin,quantity,price,amount,currency,fee,note
2024-07-01,buy,Depot,Acme,DE0007164600,1,118,,EUR,,
2024-07-33,buy,Depot,Acme,DE0007164600,1,118,,EUR,,
2024-07-02,buy,Depot,Acme,DE0007164600,one,118,,EUR,,
2024-07-03,deposit,Depot,,,,,10,XXQ,,
`,
}

/** Columns whose heads say nothing. */
export const unknownColumns = {
  name: 'statement.csv',
  text: `c1,c2,c3,c4
2024-07-01,abc,DE0007164600,12.50
2024-07-02,abd,DE0007164600,13.50
`,
}
