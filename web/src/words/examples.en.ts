import type { zh } from './examples.zh'

/** Texts beside the examples of a decision. */
export const en: typeof zh = {
  examples: {
    none: 'No examples yet',
    noneHint: 'Try once under “Try”, then “Keep as example”: every later change is compared with it',
    asking: 'Asking…',
    passed: '● All {count} examples hold',
    failed: '▲ {failed} of {count} examples do not hold',
    run: 'Ask all',
    add: 'Add one',
    keep: 'Keep as example',
    result: 'Verdict',
    isPassed: '● holds',
    isFailed: '▲ differs',
    name: 'Name',
    expected: 'Expected',
    found: 'Comes to',
    rows: ' (row {rows})',
    drop: 'Remove',
    numbered: 'Example {number}',
    nameOf: 'Name of example {number}',
    inputOf: '{input} of example {number}',
    expectedOf: 'Expected of example {number}',
  },
}
