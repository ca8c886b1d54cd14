/** Texts of parts that both the desk and the field page show. */
export const zh = {
  product: '归流',
  signIn: {
    motto: '每一件事，都作为办结的案件回到原处',
    username: '账号',
    password: '密码',
    submit: '登录',
    samples: '样例账号',
    samplesHint: '点一下即登录试用；密码都是 {password}',
    ended: '登录已过期',
    endedHint: '请重新登录；页面上已填写的内容都还在，登录后自动继续。',
  },
  problem: { retry: '重试' },
  lamps: { green: '正常', yellow: '临期', red: '超期', grey: '挂账' },
  photos: {
    add: '拖入或选取',
    alt: '照片 {number}',
    one: '照片',
    remove: '移除照片 {number}',
    none: '没有照片',
    before: '处置前',
    after: '处置后',
    others: '其他附件',
    empty: '还没有照片',
    emptyHint: '上报、核实、处置、核查时添加的照片都会出现在这里',
  },
}
