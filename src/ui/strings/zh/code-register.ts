/** Every one-time code of a project in one list. */
export const codeRegister = {
  'code.register': '全部授权码…',
  'code.all': '全部',
  'code.siteFilter': '考点代码开头',
  'code.roomFilter': '考场代码开头',
  'code.noneFound': '没有符合条件的授权码',
  'code.askedColumn': '申请',
  'code.issuedColumn': '授权',
  'code.usedColumn': '使用',
  'code.kind.late-start': '延考',
  'code.kind.late-candidate': '考生迟到延考',
  'code.kind.extra-time': '补时',
  'code.kind.reinitialise': '考生初始化',
  'code.standing.asked': '已申请',
  'code.standing.issued': '已授权',
  'code.standing.used': '已使用',
  'code.standing.unissued': '已使用，无人授权',
} as const;
