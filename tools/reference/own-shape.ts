/** A case of the files that keep their own shape (SHAPES.md "The other files"). Numbers are JSON numbers. */
export interface OwnShapeCase {
  readonly id: string
  readonly type: string
  readonly inputs: unknown
  readonly expected: unknown
}
