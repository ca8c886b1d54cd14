/** Texts of asking another person to publish. */
export const zh = {
  requesting: {
    title: '送审“{name}”',
    says: '由另一人看过差异后发布或退回；送审后再改草稿，要重新送审。',
    note: '变更说明',
    noteHint: '改了什么、为什么；批准的人先看到它',
    go: '送审',
    done: '已送审，等批准',
  },
  requests: {
    title: '送审',
    ask: '送审',
    whoMay: '可以批准的人：{who}',
    nobody: '现在没有别人可以批准：请管理员再给一人发布权限。',
    says: {
      awaited: '{asker} 请您批准发布；您一改动草稿，就要由别人批准。',
      asked: '已送审，等 {who} 批准',
      outdated: '送审之后草稿又改过，请重新送审',
      approved: '{decider} 已同意并发布',
      refused: '{decider} 没有同意发布',
    },
    states: {
      awaited: '等您批准',
      asked: '送审中',
      outdated: '送审后又改过',
      approved: '已获批准并发布',
      refused: '未获同意',
    },
    pressing: '条送审要您看',
    compare: '看差异',
    approve: '同意并发布',
    refuse: '不同意',
    why: '为什么不同意',
    sayNo: '退回',
    withdraw: '撤回',
    seen: '知道了',
  },
}
