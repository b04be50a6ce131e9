/**
 * Security of a lake on AWS. {@link io.lakesdk.security.aws.LakeFormationSecurity} is the door.
 * {@code GrantObject} keeps all grants in one object of the lake's metadata, which changes by
 * conditional writes; {@code AuditObjects} keeps the audit in lines of JSON. Where the lake's
 * grants are given to Lake Formation too, {@code Rights} says what they are there, and {@code
 * LakeFormation} gives and takes.
 */
@NullMarked
package io.lakesdk.security.aws;

import org.jspecify.annotations.NullMarked;
