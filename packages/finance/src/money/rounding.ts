/** Where a tie goes: away from zero (money, by default), to the even digit, towards zero; or everything is cut. */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'half-down' | 'down'
