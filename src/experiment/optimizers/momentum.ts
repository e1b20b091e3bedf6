import type { Method } from '../parameter';

/** Gradient descent with classical (heavy-ball) momentum. */
export const momentum: Method = {
  id: 'momentum',
  label: 'Momentum',
  help: 'Gradient descent that keeps a running sum of past gradients, so that steps in a steady direction grow and jitter cancels.',
  formula: 'v \\leftarrow \\mu v + g,\\qquad w \\leftarrow w - \\eta\\, v',
  source: 'Polyak 1964; Sutskever et al. 2013',
  parameters: [
    {
      type: 'number',
      key: 'lr',
      short: 'lr',
      label: 'Learning rate',
      help: 'How far a weight moves for a running sum of 1. With momentum 0.9 a steady gradient acts ten times as strongly as in plain SGD.',
      formula: '\\eta',
      default: 0.01,
      min: 1e-7,
      max: 10,
      step: 0.001,
      scale: 'log',
      control: 'field',
    },
    {
      type: 'number',
      key: 'momentum',
      short: 'mom',
      label: 'Momentum',
      help: 'Share of the running sum that is kept from step to step. 0 is plain SGD; 0.9 remembers about ten steps.',
      formula: '\\mu',
      default: 0.9,
      min: 0,
      max: 0.9999,
      step: 0.01,
      control: 'field',
      advanced: true,
    },
  ],
};
