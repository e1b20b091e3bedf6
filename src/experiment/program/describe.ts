import { dataSettings } from '../methods/data';
import { modelDefinition, modelSettings } from '../methods/models/registry';
import { sameValue } from '../settings/block';
import { activeSettings, type Setting, type Values } from '../settings/setting';
import { valueText } from '../settings/value';
import { inSentence } from '../settings/wording';
import { stageDefinition } from '../stages/registry';
import type { Experiment, Stage } from '../types/experiment';
import { isRepeat, type ProgramNode, programTree, roundsOf } from './tree';

/** "2,000 steps, Adam 0.0012, batch 64"; "quantize weights to 4 bits, per layer, STE". */
export function describeStage(stage: Stage): string {
  return stageDefinition(stage.kind).sentence(stage);
}

/**
 * One line for a whole experiment: "LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then quantize weights to
 * 4 bits, per layer, STE". What is repeated is in brackets: "3 rounds of (train …; then prune …)". Stages that are
 * switched off are omitted.
 */
export function describeExperiment(experiment: Experiment): string {
  return `${describeSetting(experiment)}: ${describeProgram(programTree(experiment.stages)) || 'no stages'}`;
}

function describeProgram(nodes: readonly ProgramNode[]): string {
  return nodes.map(describeNode).filter(Boolean).join('; then ');
}

function describeNode({ stage, children }: ProgramNode): string {
  if (!isRepeat(stage)) return stage.on ? withVerb(stage) : '';
  const repeated = describeProgram(children);
  const rounds = roundsOf(stage);
  return stage.on && repeated ? `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of (${repeated})` : repeated;
}

/** What the stages are for: "LeNet-300-100 on MNIST". */
export function describeSetting({ data, model }: Pick<Experiment, 'data' | 'model'>): string {
  const dataset = optionLabel(dataSettings, 'dataset', data.dataset);
  const pixels = data.normalize === 'standard' ? '' : `, pixels ${inSentence(optionLabel(dataSettings, 'normalize', data.normalize))}`;
  const own = chosen(modelSettings, model, 'id');
  const network = `${modelDefinition(model.id).label}${own ? ` (${own})` : ''}`;
  return `${network} on ${inData(dataset)}${pixels}`;
}

function withVerb(stage: Stage): string {
  const sentence = describeStage(stage);
  return sentence.startsWith(stage.kind) ? sentence : `${stage.kind} ${sentence}`;
}

function inData(label: string): string {
  return label === 'Own files' ? 'own files' : label;
}

function optionLabel(table: readonly Setting[], key: string, value: string): string {
  const setting = table.find((p) => p.key === key);
  return (setting?.type === 'choice' ? setting.options.find((option) => option.value === value)?.label : undefined) ?? value;
}

/** The values that are not at their default: "hidden widths 300-100, batch norm yes". */
function chosen(table: readonly Setting[], block: Values, head: string): string {
  return activeSettings(table, block)
    .filter(({ key, default: normal }) => key !== head && !sameValue(block[key], normal))
    .map(({ key, label, default: normal }) => `${inSentence(label)} ${valueText(block[key] ?? normal)}`)
    .join(', ');
}
