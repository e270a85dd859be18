package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * A grid's certificate authority (RFC 5280). Whoever has its key can make members, so only the coordinator does. Certificates
 * last for years: what ends a membership is revocation, and no grid shall stop because its coordinator has been away too long.
 * Safe for use by many threads.
 */
public final class Authority {
    private static final Duration OWN_LIFE = Duration.ofDays(20 * 365);
    private static final Duration MEMBER_LIFE = Duration.ofDays(5 * 365);
    /** Members' clocks may be behind. */
    private static final Duration SKEW = Duration.ofHours(25);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys;
    private final X509Certificate certificate;

    Authority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** A new grid's. */
    public static Authority create(Instant now) {
        try {
            KeyPair keys = NodeKeys.generateP256();
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(
                            BCStyle.CN,
                            "Flockwork grid " + NodeId.ofKey(keys.getPublic()).brief())
                    .build();
            X509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), now, OWN_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Authority(keys, signed(builder, keys));
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("this Java cannot make an authority", broken);
        }
    }

    /** The authority's own certificate, which every member knows. */
    public X509Certificate certificate() {
        return certificate;
    }

    KeyPair keys() {
        return keys;
    }

    /** The grid's id. */
    public NodeId grid() {
        return NodeId.ofKey(certificate.getPublicKey());
    }

    /** Credentials for keys that are at hand, from now on. */
    public Credentials enrol(NodeKeys keys, Role role, String operator, Instant now) {
        return enrol(keys, role, operator, Optional.empty(), now);
    }

    /** The same for a node that browsers reach by {@code host}. */
    public Credentials enrol(NodeKeys keys, Role role, String operator, Optional<String> host, Instant now) {
        Peer member = new Peer(keys.id(), role, operator);
        return new Credentials(keys, issue(member, keys.tls().getPublic(), host, now), certificate);
    }

    /**
     * A member's certificate, valid from now on.
     *
     * @param tls the member's TLS key
     * @param host a name or address by which browsers reach the member
     */
    public X509Certificate issue(Peer member, PublicKey tls, Optional<String> host, Instant now) {
        // As given: in a plain text, the builder would take # and \ at the beginning for notations of its own.
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, new DERUTF8String(member.operator()))
                .addRDN(BCStyle.OU, new DERUTF8String(member.office()))
                .addRDN(BCStyle.CN, new DERUTF8String(member.id().value()))
                .build();
        try {
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = builder(issuer, subject, tls, now, MEMBER_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            if (host.isPresent()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(host.get()));
            }
            return signed(builder, keys);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the authority cannot sign", broken);
        }
    }

    /**
     * The list of those who are members no more, for all to check.
     *
     * @throws IllegalArgumentException with one sentence when they are too many for a list
     */
    public RevocationList revoke(long version, Collection<NodeId> nodes) {
        if (!RevocationList.holds(nodes.size())) {
            throw new IllegalArgumentException("the list of revoked nodes is full");
        }
        byte[] statement = RevocationList.statement(grid(), version, nodes);
        return new RevocationList(version, nodes, NodeKeys.sign(NodeKeys.ECDSA, keys, statement));
    }

    private static GeneralNames names(String host) {
        int kind = IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralNames(new GeneralName(kind, host));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(life)),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(NodeKeys.ECDSA).build(keys.getPrivate())));
        } catch (OperatorCreationException broken) {
            throw new GeneralSecurityException(broken);
        }
    }
}
