/**
 * Amazon Bedrock: Converse, and Anthropic's Messages inside InvokeModel. Nothing here may know a
 * provider other than Anthropic, whose events Bedrock wraps.
 */
@NullMarked
package dev.latencylens.harness.provider.bedrock;

import org.jspecify.annotations.NullMarked;
