import { dataParameters } from '../experiment/data';

/** The name of a dataset for people: "CIFAR-10" for `cifar10`. */
export function datasetLabel(dataset: string): string {
  const table = dataParameters.find((parameter) => parameter.key === 'dataset');
  return (table?.type === 'choice' ? table.options.find((option) => option.value === dataset)?.label : undefined) ?? dataset;
}
