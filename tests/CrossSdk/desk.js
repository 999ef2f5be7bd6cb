'use strict';
const nexus = require('nexus-rpc');

/** A Nexus service, as callers and handlers know it. */
module.exports = nexus.service('desk', {
  say: nexus.operation(),
  fail: nexus.operation(),
  stumble: nexus.operation(),
  count: nexus.operation(),
});
