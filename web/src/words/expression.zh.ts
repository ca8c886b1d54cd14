/** Texts beside expressions while they are typed. */
export const zh = {
  expression: {
    of: '写成表达式：{label}',
    turn: '文字或表达式（=）',
    case: '本案件的事实',
    answer: '本步的答复，只有它的输出映射能用',
    and: '、',
    origins: {
      start: '启动流程时传入',
      host: '所办的事，由操作的图附着其上',
      form: '“{element}”填的表单',
      output: '“{element}”的输出映射',
      decision: '“{element}”的决策结果',
      script: '“{element}”的脚本',
      outside: '“{element}”外部系统的答复',
      message: '“{element}”收到的消息',
      call: '“{element}”调用的流程',
      collected: '“{element}”各次的答复',
      input: '“{element}”的输入映射，只在其中可用',
      item: '“{element}”本次办理的一项',
      counter: '“{element}”多实例的计数',
      task: '“{element}”这件待办',
    },
  },
}
