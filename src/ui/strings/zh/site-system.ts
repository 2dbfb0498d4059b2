import type { siteSystem as en } from '../en/site-system.ts';
import type { SameKeys } from '../strings.ts';

export const siteSystem: SameKeys<typeof en> = {
  'siteSystem.goes': '本机将删除',
  'siteSystem.goesRooms': '考场数据包和试卷（考场）',
  'siteSystem.goesRegistrations': '考场注册',
  'siteSystem.goesAuthorisations': '考试授权',
  'siteSystem.goesResults': '已回收的考试数据',
  'siteSystem.initialise': '考点管理系统初始化',
  'siteSystem.initialiseAbout':
    '将本机恢复到初始安装状态，可重新设置考点代码。请谨慎使用：正式考试仅可在首位考生登录之前，或全部数据上报并收到回执之后进行。',
  'siteSystem.initialiseDo': '初始化…',
  'siteSystem.initialiseSubmit': '执行初始化',
  'siteSystem.initialised': '初始化完成。',
  'siteSystem.initialiseText':
    '此操作无法撤销。各考场将立即断开，须用新注册码重新注册；考场内的数据不受影响。账号和密码保留，使用原密码登录即可；日志保留，可证明考试过程。',
  'siteSystem.keepRegistration': '保留考点代码、机考锁和在监控平台的注册；否则需重新设置',
  'siteSystem.setUpAgain': '重新设置本考点',
  'siteSystem.setUpAgainText': '本考点已初始化。请填写中心统一下发的信息；账号和密码不变。',
  'siteSystem.toFormal': '模考转正考',
  'siteSystem.toFormalAbout':
    '模考结束后使用：保留考点代码、密码、机考锁和考场注册，模考数据归档到数据文件夹。转为正考后，除初始化外不能再转回模考。',
  'siteSystem.toFormalDo': '转为正考…',
  'siteSystem.toFormalSubmit': '转为正考',
  'siteSystem.turnedFormal': '本考点已转为正考，请在第 1 步载入考务。',
  'siteSystem.toFormalText':
    '考试数据和考场情况记录先行归档。此操作无法撤销。各考场会提示考点已转为正考：在该考场的“系统管理”中进行监考端初始化后即随之转换；未载入考务的考场自动转换。',
  'siteSystem.formalCode':
    '正式考试是监控平台的另一个项目，本考点需要该项目的注册码。暂时没有注册码时可留空，稍后在本页上方注册。',
  'siteSystem.alreadyAdmitted': '监控平台已接受本考点参加正式考试，无需再输入注册码。',
  'siteSystem.archives': '已归档的模考',
  'siteSystem.archivedAt': '归档时间',
  'siteSystem.size': '大小',
  'siteSystem.folder': '文件夹',
  'siteSystem.close': '关闭考点管理系统',
  'siteSystem.closeAbout':
    '考场的授权和上报都需要本程序。正式考试数据未正确上报前，不能关闭：按 Ctrl-C 或由系统结束均会被拒绝，只能在此处，或用“invigil site stop”加考点代码关闭。',
  'siteSystem.closeDo': '关闭…',
  'siteSystem.closeSubmit': '关闭考点管理系统',
  'siteSystem.closeText':
    '程序和本页面将关闭。再次启动之前，考场无法载入考务、授权和上报。已保存的数据不受影响。',
  'siteSystem.closeUnreported':
    '数据尚未全部上报。仍要关闭时，再次启动之前考场无法授权和上报。已保存的数据不受影响；操作人和未上报情况将记入日志。',
  'siteSystem.closed': '程序正在关闭。需要时请重新启动。',
  'refusal.other-site-code': '这不是本考点的考点代码。',
  'refusal.results-not-reported':
    '以下已回收的数据尚无监控平台回执，考场（场次）：{results}。|请上报并等待回执，或导入回执。',
  'refusal.rooms-in-use':
    '以下考场已有考生登录，监控平台尚未确认其数据，考场（场次）：{rooms}。|请回收并上报，等待回执。',
  'refusal.initialise-unfinished': '初始化被中断，完成之前不接受任何考场。|请在“系统管理”中再次执行初始化。',
  'refusal.site-was-initialised':
    '考点管理系统已初始化，不再识别本考场。|考点重新载入考务后，请索取新注册码重新注册；本机数据不受影响。',
  'refusal.site-is-formal-now':
    '考点已转为正考，本考场仍为模考数据。|请在“系统管理”中进行监考端初始化（保留注册），然后载入考务。',
  'refusal.site-is-formal': '本考点已是正考。|需要转回模考时只能初始化。',
  'refusal.mock-running': '以下考场的模考正在进行：{rooms}。|请先在考场结束考试。',
  'refusal.room-reported-meanwhile': '归档期间有考场上报了数据。|请再执行一次，将其一并归档。',
  'refusal.site-of-a-room': '本考点在考场程序内运行，随考场程序一起结束。',
  'refusal.close-refused':
    '{at:clock} 有人试图关闭程序，已拒绝：数据尚未全部上报。|详见“系统管理”→“关闭考点管理系统”，也可在该处强制关闭。',
};
