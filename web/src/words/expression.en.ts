import type { zh } from './expression.zh'

/** Texts beside expressions while they are typed. */
export const en: typeof zh = {
  expression: {
    of: 'As an expression: {label}',
    turn: 'Text or expression (=)',
    case: 'The facts of the case',
    answer: 'What the step itself answers, for its output mappings alone',
    and: ', ',
    origins: {
      start: 'passed when the process is started',
      host: 'what the verb is done to',
      form: 'form of “{element}”',
      output: 'output mapping of “{element}”',
      decision: 'decision of “{element}”',
      script: 'script of “{element}”',
      outside: 'answer of the outside system asked by “{element}”',
      message: 'message received by “{element}”',
      call: 'process called by “{element}”',
      collected: 'what the performances of “{element}” yield',
      input: 'input mapping of “{element}”, inside it alone',
      item: 'item of this performance of “{element}”',
      counter: 'count of the multi-instance “{element}”',
      task: 'the task “{element}”',
    },
  },
}
