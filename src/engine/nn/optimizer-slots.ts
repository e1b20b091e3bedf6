const slots: Readonly<Record<string, readonly string[]>> = {
  sgd: [],
  momentum: ['velocity'],
  adam: ['moment1', 'moment2'],
  rmsprop: ['meanSquare'],
};

/** Names of the arrays that an optimizer keeps for each parameter. @throws RangeError for an unknown optimizer */
export function slotNames(optimizer: string): readonly string[] {
  const names = slots[optimizer];
  if (!names) throw new RangeError(`There is no optimizer called "${optimizer}".`);
  return names;
}
