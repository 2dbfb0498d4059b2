import type { refusalSite as en } from '../en/refusal-site.ts';
import type { SameKeys } from '../strings.ts';

export const refusalSite: SameKeys<typeof en> = {
  'refusal.site-not-registered-at-centre': '考点尚未注册到监控平台。|请输入地址和注册码完成注册。',
  'refusal.site-not-authorised': '尚未获得本场次考试授权。|请在线获取或导入文件。',
  'refusal.site-not-calibrated': '考点尚未完成机考锁校时。|放行后由考点用机考锁打开密钥。',
  'refusal.not-prepared': '授权尚未准备。|请先准备本场次授权。',
  'refusal.no-authorisation-prepared': '监控平台尚未准备本考点的授权。|请稍后重试或电话联系。',
  'refusal.no-site-registered': '尚无考点注册。|请先完成考点注册。',
  'refusal.site-not-registered': '考点 {site} 尚未注册。',
  'refusal.register-the-site-first': '文件按考点加密：请先注册考点。',
  'refusal.register-the-room-first': '文件按考场加密：请先注册考场。',
  'refusal.room-not-registered': '考场 {room} 尚未注册。',
  'refusal.no-such-site': '项目中没有考点 {site}。|请核对考点代码。',
  'refusal.setup-already-done': '本考点已完成设置。|请登录。',
  'refusal.setup-missing': '首次设置尚未完成。',
  'refusal.site-set-up-without-lock':
    '本考点设置时未配机考锁。|请用“invigil lock”登记一把，并在“系统管理”中选用。',
  'refusal.lock-absent': '未检测到机考锁（{path}）。|请插入机考锁。',
  'refusal.insert-the-lock': '请插入机考锁。',
  'refusal.wrong-pin': 'PIN 码错误。|请重试。',
  'refusal.lock-pulled-out': '机考锁 {serial} 已被拔出。|请重新插入；已打开的内容不受影响。',
  'refusal.no-token': '未检测到硬件锁。|请插入硬件锁，并检查读卡器和连接线。',
  'refusal.token-looked-for': '正在检测机考锁。|请稍候。',
  'refusal.wrong-pin-few-tries':
    'PIN 码错误，剩余次数不多。|请先核实 PIN 码再试：次数用完后硬件锁将自动锁定。',
  'refusal.wrong-pin-last-try':
    'PIN 码错误，只剩最后一次机会。|请勿猜测：请先核实 PIN 码，否则硬件锁将自动锁定。',
  'refusal.pin-locked':
    'PIN 码错误次数过多，硬件锁已锁定。|请用厂商程序和管理员 PIN 码解锁，或改用备用令牌、其他委员的令牌，或致电监控平台。',
  'refusal.pin-expired': '硬件锁的 PIN 码已过期。|请用厂商程序修改。',
  'refusal.token-not-initialised': '硬件锁尚未初始化或尚未设置 PIN 码。|请用厂商程序完成设置。',
  'refusal.token-unsuitable':
    '此硬件锁不能用作机考锁：不支持 P-256 密钥协商（ECDH）。|请更换硬件锁，或使用密钥文件。',
  'refusal.token-makes-no-key':
    '此硬件锁不能自行生成 P-256 密钥。|请用厂商程序生成，标签为“invigil exam lock”。',
  'refusal.token-without-key':
    '硬件锁 {serial} 中已没有机考锁密钥。|请致电监控平台：用它加密的内容已无法打开。',
  'refusal.token-library-missing': '文件 {path} 不存在。|请安装厂商程序，或更正路径。',
  'refusal.token-library-not-local':
    '未加载驱动库 {path}。|必须使用完整路径，文件须在本机上，且仅管理员可修改。',
  'refusal.token-library-unusable':
    '{path} 不是适用于本机的硬件锁驱动库（{problem}）。|请选择厂商为本系统提供的 PKCS#11 驱动库。',
  'refusal.token-process-ended': '硬件锁驱动库中断了工作。|已重新启动，请重试；如反复出现，请更新厂商程序。',
  'refusal.token-silent': '硬件锁没有响应。|请拔出后重新插入，再试一次。',
  'refusal.token-refuses':
    '硬件锁拒绝操作（{call}：{code}）。|请拔出后重新插入，再试一次；代码含义请咨询厂商。',
  'refusal.key-file-exists': '密钥文件已存在（{path}）。',
  'refusal.key-file-not-writable': '无法在 {path} 写入密钥文件（{code}）。|请选择存在且可写的文件夹。',
  'refusal.key-file-damaged': '密钥文件 {path} 损坏或不正确。|请选择正确的文件。',
  'refusal.newer-publication': '监控平台已重新发布数据包。',
  'refusal.publication-not-checked': '未能与监控平台校验数据包发布时间。',
  'refusal.publication-older':
    '文件（第 {file} 次发布）早于已载入的数据（第 {loaded} 次）。|请索取最新文件。',
  'refusal.publication-without-rooms': '数据包中没有本考点的考场。',
  'refusal.rooms-not-registered': '未注册的考场：{rooms}。',
  'refusal.register-rooms': '请将注册码下发到这些考场。',
  'refusal.rooms-silent': '未连接的考场：{rooms}。',
  'refusal.start-rooms': '请启动监考机并检查网络。',
  'refusal.rooms-not-loaded': '未载入考务的考场：{rooms}。',
  'refusal.load-in-rooms': '请在这些考场载入考务。',
  'refusal.nothing-collected': '尚未回收任何数据。|考场上报后自动回收，或导入文件。',
  'refusal.several-results': '该考场有 {count} 份结果，均已保留。',
  'refusal.no-receipts-yet': '{site} 尚无回执。',
  'refusal.wrong-release': '放行信息与本场次不符。|请核对场次和考点后重新输入。',
  'refusal.words-count': '输入了 {found} 个词，需要 {expected} 个。|请按顺序全部输入。',
  'refusal.word-unknown': '第 {position} 个词（“{word}”）不在词表中。|请重新核对。',
  'refusal.words-checksum': '词组校验不通过。|请逐词重新核对。',
};
